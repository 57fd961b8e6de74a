package dev.muster.mission;

import dev.muster.task.Retry;
import dev.muster.task.TaskId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The task that a step, or its compensation, becomes.
 *
 * @param input an object: {@code input} as the plan has it, and {@code results} by the names under which they are taken
 */
public record Work(
        TaskId taskId,
        String title,
        @Nullable String instruction,
        Set<String> capabilities,
        JsonNode input,
        Retry retry) {

    /** The identifier of a step's task. */
    public static TaskId taskOf(MissionId mission, String stepId) {
        return TaskId.of(mission.value() + "/" + stepId);
    }

    /** The identifier of the task that undoes a step. */
    public static TaskId undoOf(MissionId mission, String stepId) {
        return TaskId.of(mission.value() + "/" + stepId + "/" + Step.UNDO);
    }
}
