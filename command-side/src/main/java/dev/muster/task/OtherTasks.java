package dev.muster.task;

import java.util.List;
import java.util.Optional;

/** What a task has to know about other tasks. It may be behind the log by what is being written at this moment. */
public interface OtherTasks {

    /** Whether there is, or ever was, a task of that identifier. */
    boolean exists(TaskId taskId);

    /**
     * The tasks on a way along open blockers, both ends included: each waits for the next.
     *
     * @return the way, or nothing if {@code from} waits for {@code to} neither directly nor through others
     */
    Optional<List<TaskId>> wayOfBlockers(TaskId from, TaskId to);
}
