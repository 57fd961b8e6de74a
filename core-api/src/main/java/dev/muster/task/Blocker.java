package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.message.Check;
import dev.muster.message.Description;
import org.jspecify.annotations.Nullable;

/**
 * Another task that a task waits for.
 *
 * @param taskId the task that is waited for
 * @param until what it must have come to; {@link Until#COMPLETED} if left out
 */
public record Blocker(
        TaskId taskId,

        @Description("completed: it must be completed; ended: any end will do. completed if left out")
        Until until) {

    public Blocker(TaskId taskId, @Nullable Until until) {
        this.taskId = Check.required("blocker.taskId", taskId);
        this.until = until == null ? Until.COMPLETED : until;
    }

    /** What a blocker must have come to, so that it blocks no more. */
    public enum Until {
        @JsonProperty("completed")
        COMPLETED,
        @JsonProperty("ended")
        ENDED;

        /** Whether a task that came to that state blocks no more. */
        public boolean isMetBy(TaskState state) {
            return this == ENDED ? state.isEnded() : state == TaskState.COMPLETED;
        }
    }
}
