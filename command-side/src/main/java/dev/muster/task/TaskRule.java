package dev.muster.task;

import static dev.muster.task.TaskState.ASSIGNED;
import static dev.muster.task.TaskState.ENDED;
import static dev.muster.task.TaskState.HELD;
import static dev.muster.task.TaskState.INPUT_REQUIRED;
import static dev.muster.task.TaskState.SUBMITTED;
import static dev.muster.task.TaskState.SUSPENDED;
import static dev.muster.task.TaskState.WORKING;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The state table of a task, one row for each command: from which states it is allowed, and what comes of it. The
 * aggregate asks it, and the table in the documents is made from it.
 */
enum TaskRule {
    ASSIGN(
            TaskCommand.AssignTask.class,
            "operator, saga",
            Set.of(SUBMITTED),
            "also with open blockers or in a backoff (which it ends)",
            "`TaskAssigned`",
            "assigned"),
    CLAIM(
            TaskCommand.ClaimTask.class,
            "agent",
            Set.of(SUBMITTED),
            "ready: no blocker is open, no backoff runs",
            "`TaskAssigned`, `TaskStarted`",
            "working"),
    START(TaskCommand.StartTask.class, "holder", Set.of(ASSIGNED), "", "`TaskStarted`", "working"),
    DECLINE(TaskCommand.DeclineTask.class, "holder", Set.of(ASSIGNED), "", "`TaskDeclined`", "submitted"),
    REJECT(TaskCommand.RejectTask.class, "operator", notEnded(), "", "`TaskRejected`", "rejected"),
    EXTEND(
            TaskCommand.ExtendLease.class,
            "holder",
            Set.of(ASSIGNED, WORKING),
            "",
            "`LeaseExtended`, or none while two thirds of the lease are left",
            "as it was"),
    REPORT(
            TaskCommand.ReportProgress.class,
            "holder",
            Set.of(WORKING),
            "",
            "`ProgressReported`, which extends the lease",
            "as it was"),
    SUSPEND(TaskCommand.SuspendTask.class, "holder", Set.of(WORKING), "", "`TaskSuspended`", "suspended"),
    RESUME(TaskCommand.ResumeTask.class, "holder", Set.of(SUSPENDED), "", "`TaskResumed`", "working"),
    REQUEST_INPUT(TaskCommand.RequestInput.class, "holder", Set.of(WORKING), "", "`InputRequested`", "input-required"),
    PROVIDE_INPUT(TaskCommand.ProvideInput.class, "anybody", Set.of(INPUT_REQUIRED), "", "`InputProvided`", "working"),
    COMPLETE(TaskCommand.CompleteTask.class, "holder", Set.of(WORKING), "", "`TaskCompleted`", "completed"),
    FAIL(
            TaskCommand.FailTask.class,
            "holder",
            Set.of(WORKING, SUSPENDED, INPUT_REQUIRED),
            "",
            "attempts left and retryable: `AttemptFailed`, `RetryScheduled` (and `RetryDue` if the backoff is zero);"
                    + " else `TaskFailed`",
            "submitted (in a backoff) / failed"),
    END_BACKOFF(
            TaskCommand.EndBackoff.class,
            "system",
            Set.of(SUBMITTED),
            "in a backoff that is over",
            "`RetryDue`",
            "submitted"),
    RELEASE(
            TaskCommand.ReleaseTask.class,
            "holder, operator, system (holder retired)",
            HELD,
            "",
            "`TaskReleased` (costs no attempt)",
            "submitted"),
    EXPIRE_LEASE(
            TaskCommand.ExpireLease.class,
            "system",
            HELD,
            "the recorded expiry of that token has passed",
            "`LeaseExpired`; from assigned then as `ReleaseTask`, else as `FailTask`",
            "submitted / failed"),
    EXPIRE_TASK(
            TaskCommand.ExpireTask.class, "system", notEnded(), "its deadline has passed", "`TaskFailed`", "failed"),
    CANCEL(TaskCommand.CancelTask.class, "submitter, operator", notEnded(), "", "`TaskCanceled`", "canceled"),
    REOPEN(
            TaskCommand.ReopenTask.class,
            "anybody, with a reason",
            ENDED,
            "no task of a mission",
            "`TaskReopened`",
            "submitted"),
    ADD_BLOCKER(TaskCommand.AddBlocker.class, "anybody", notEnded(), "", "`BlockerAdded`", "as it was"),
    REMOVE_BLOCKER(TaskCommand.RemoveBlocker.class, "anybody", notEnded(), "", "`BlockerRemoved`", "as it was"),
    CLEAR_BLOCKER(
            TaskCommand.ClearBlocker.class,
            "system",
            notEnded(),
            "the outcome is what was waited for",
            "`BlockerCleared`",
            "as it was"),
    REVISE(TaskCommand.ReviseTask.class, "anybody", notEnded(), "", "`TaskRevised`", "as it was"),
    LABEL(
            TaskCommand.LabelTask.class,
            "anybody",
            EnumSet.allOf(TaskState.class),
            "",
            "`TaskLabeled`, or none if nothing changes",
            "as it was"),
    COMMENT(
            TaskCommand.CommentOnTask.class,
            "anybody",
            EnumSet.allOf(TaskState.class),
            "",
            "`TaskCommented`",
            "as it was");

    private static final Map<Class<?>, TaskRule> BY_COMMAND =
            Arrays.stream(values()).collect(Collectors.toMap(TaskRule::command, Function.identity()));

    private final Class<? extends TaskCommand> command;
    private final String by;
    private final Set<TaskState> from;
    private final String when;
    private final String events;
    private final String to;

    TaskRule(
            Class<? extends TaskCommand> command,
            String by,
            Set<TaskState> from,
            String when,
            String events,
            String to) {
        this.command = command;
        this.by = by;
        this.from = from;
        this.when = when;
        this.events = events;
        this.to = to;
    }

    private static Set<TaskState> notEnded() {
        return EnumSet.complementOf(EnumSet.copyOf(ENDED));
    }

    static TaskRule of(TaskCommand command) {
        return BY_COMMAND.get(command.getClass());
    }

    boolean allows(TaskState state) {
        return from.contains(state);
    }

    Class<? extends TaskCommand> command() {
        return command;
    }

    String by() {
        return by;
    }

    Set<TaskState> from() {
        return from;
    }

    /** What else must hold, in words; empty if nothing. */
    String when() {
        return when;
    }

    String events() {
        return events;
    }

    String to() {
        return to;
    }
}
