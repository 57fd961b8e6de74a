package dev.muster.a2a;

import dev.muster.task.TaskState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a task is, in A2A's words. */
enum State {
    SUBMITTED(TaskState.SUBMITTED, TaskState.ASSIGNED),
    WORKING(TaskState.WORKING, TaskState.SUSPENDED),
    INPUT_REQUIRED(TaskState.INPUT_REQUIRED),
    COMPLETED(TaskState.COMPLETED),
    FAILED(TaskState.FAILED),
    CANCELED(TaskState.CANCELED),
    REJECTED(TaskState.REJECTED),
    /** No task of Muster comes to it. */
    AUTH_REQUIRED;

    private static final Set<State> ENDED = EnumSet.of(COMPLETED, FAILED, CANCELED, REJECTED);

    private final List<TaskState> of;

    State(TaskState... of) {
        this.of = List.of(of);
    }

    /** The states of a task of Muster that it stands for. */
    List<TaskState> of() {
        return of;
    }

    String wire() {
        return "TASK_STATE_" + name();
    }

    /** None for {@code TASK_STATE_UNSPECIFIED}, by which nothing is asked for. */
    static Optional<State> parse(String field, String wire) {
        if (wire.equals("TASK_STATE_UNSPECIFIED")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(state -> state.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> A2aError.invalid(field, "must be a state of a task, as TASK_STATE_WORKING")));
    }

    boolean isEnded() {
        return ENDED.contains(this);
    }

    /** Whether who waits is to be told now: it has ended, or waits for somebody itself. */
    boolean isAtRest() {
        return isEnded() || this == INPUT_REQUIRED || this == AUTH_REQUIRED;
    }
}
