package dev.muster.importer.xes;

import dev.muster.mission.Work;
import dev.muster.task.Assignment;
import dev.muster.task.TaskId;
import dev.muster.task.TaskState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the importer knows of a step and its task: enough to see which command an event stands for. */
final class StepTask {

    final CasePlan.PlannedStep step;
    final TaskId id;

    /** Whether its task is on the board, or was. */
    boolean submitted;

    TaskState state = TaskState.SUBMITTED;

    /** Who holds it, or held it last. */
    @Nullable
    Assignment holder;

    /** Whether the mission knows that it is done. */
    boolean completed;

    /** What the mission was told that came of it. */
    @Nullable
    JsonNode result;

    StepTask(CaseMission mission, CasePlan.PlannedStep step) {
        this.step = step;
        this.id = Work.taskOf(mission.id, step.stepId());
    }

    boolean isHeldBy(String agent) {
        return state.isHeld() && holder != null && holder.agentId().value().equals(agent);
    }

    /** The token of its last assignment; 0 if it was never assigned. */
    long token() {
        return holder == null ? 0 : holder.fencingToken();
    }
}
