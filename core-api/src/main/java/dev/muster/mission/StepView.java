package dev.muster.mission;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A step of a mission as a reader sees it.
 *
 * @param work what became of its task; none before it has started
 * @param undo what became of the task that undoes it; none if there is none
 */
public record StepView(
        String stepId,
        String title,
        StepState state,
        Set<String> dependsOn,
        @Nullable WorkView work,
        @Nullable WorkView undo,
        @Nullable JsonNode result,
        @Nullable String error) {}
