package dev.muster.mission;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How far a mission is with a step.
 *
 * @param result what came of it, to be handed on to others and to what undoes it
 */
record Progress(Step step, StepState state, @Nullable JsonNode result) {

    static Progress planned(Step step) {
        return new Progress(step, StepState.WAITING, null);
    }

    Progress in(StepState next) {
        return new Progress(step, next, result);
    }

    Progress completed(@Nullable JsonNode with) {
        return new Progress(step, StepState.COMPLETED, with);
    }

    boolean is(StepState wanted) {
        return state == wanted;
    }
}
