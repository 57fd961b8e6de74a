package dev.muster.task;

import static dev.muster.task.TaskFixture.AGENT;
import static dev.muster.task.TaskFixture.LEASE_END;
import static dev.muster.task.TaskFixture.NOW;
import static dev.muster.task.TaskFixture.REST_END;
import static dev.muster.task.TaskFixture.TASK;

import dev.muster.task.TaskEvent.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to a task, one event at a time: the holder is a-1, its token 1 unless said otherwise. */
final class Life {

    private Life() {}

    static TaskSubmitted submitted() {
        return new Submission().event();
    }

    static TaskAssigned assigned() {
        return assigned(1);
    }

    static TaskAssigned assigned(long token) {
        return new TaskAssigned(TASK, AGENT, token, LEASE_END, 1, false, null);
    }

    static TaskAssigned assignedWithSlot() {
        return new TaskAssigned(TASK, AGENT, 1, LEASE_END, 1, true, null);
    }

    static TaskAssigned assignedUntil(@Nullable Instant expiry) {
        return new TaskAssigned(TASK, AGENT, 1, expiry, 1, false, null);
    }

    static TaskStarted started() {
        return started(1);
    }

    static TaskStarted started(long token) {
        return new TaskStarted(TASK, AGENT, token);
    }

    static TaskSuspended suspended() {
        return new TaskSuspended(TASK, AGENT, 1, REST_END, null);
    }

    static InputRequested inputRequested() {
        return new InputRequested(TASK, AGENT, 1, REST_END, "Which colour?");
    }

    static TaskReleased released() {
        return new TaskReleased(TASK, AGENT, 1, null);
    }

    static TaskCompleted completed() {
        return new TaskCompleted(TASK, AGENT, 1, null, null, null, Usage.NONE, Usage.NONE);
    }

    static AttemptFailed attemptFailed() {
        return attemptFailed(1, 1);
    }

    static AttemptFailed attemptFailed(long token, int attempt) {
        return new AttemptFailed(TASK, AGENT, token, null, null, attempt, "It rained", Usage.NONE, Usage.NONE);
    }

    static RetryScheduled retryScheduled(Instant dueAt) {
        return new RetryScheduled(TASK, 2, dueAt);
    }

    static RetryDue retryDue() {
        return new RetryDue(TASK, 2);
    }

    static TaskFailed failed() {
        return new TaskFailed(
                TASK, AGENT, null, null, TaskFailed.Cause.NOT_RETRYABLE, "No roof", Usage.NONE, Usage.NONE);
    }

    static TaskCanceled canceled() {
        return new TaskCanceled(TASK, null, null, null, null);
    }

    static TaskRejected rejected() {
        return new TaskRejected(TASK, null, null, null, null);
    }

    static TaskReopened reopened() {
        return new TaskReopened(TASK, "It leaks again", null);
    }

    static List<TaskEvent> working() {
        return List.of(submitted(), assigned(), started());
    }

    static List<TaskEvent> resting() {
        return List.of(submitted(), assigned(), started(), attemptFailed(), retryScheduled(NOW.plusSeconds(10)));
    }

    /** The shortest way to that state. */
    static List<TaskEvent> in(TaskState state) {
        return in(state, submitted());
    }

    static List<TaskEvent> in(TaskState state, TaskSubmitted submitted) {
        var events = new ArrayList<TaskEvent>(List.of(submitted));
        events.addAll(
                switch (state) {
                    case SUBMITTED -> List.of();
                    case ASSIGNED -> List.of(assigned());
                    case WORKING -> List.of(assigned(), started());
                    case SUSPENDED -> List.of(assigned(), started(), suspended());
                    case INPUT_REQUIRED -> List.of(assigned(), started(), inputRequested());
                    case COMPLETED -> List.of(assigned(), started(), completed());
                    case FAILED -> List.of(assigned(), started(), failed());
                    case CANCELED -> List.of(assigned(), started(), canceled());
                    case REJECTED -> List.of(assigned(), started(), rejected());
                });
        return events;
    }
}
