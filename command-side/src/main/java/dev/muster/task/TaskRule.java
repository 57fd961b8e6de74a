package dev.muster.task;

import static dev.muster.task.Course.always;
import static dev.muster.task.Course.where;
import static dev.muster.task.TaskState.ASSIGNED;
import static dev.muster.task.TaskState.CANCELED;
import static dev.muster.task.TaskState.COMPLETED;
import static dev.muster.task.TaskState.ENDED;
import static dev.muster.task.TaskState.FAILED;
import static dev.muster.task.TaskState.HELD;
import static dev.muster.task.TaskState.INPUT_REQUIRED;
import static dev.muster.task.TaskState.REJECTED;
import static dev.muster.task.TaskState.SUBMITTED;
import static dev.muster.task.TaskState.SUSPENDED;
import static dev.muster.task.TaskState.WORKING;

import dev.muster.task.TaskCommand.*;
import dev.muster.task.TaskEvent.*;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The state table of a task, one row for each command: who may send it, from which states, and what comes of it. The
 * aggregate asks it, and the table in the documents is made from it.
 */
enum TaskRule {
    ASSIGN(
            AssignTask.class,
            "operator, saga",
            EnumSet.of(SUBMITTED),
            "also with open blockers or in a backoff (which it ends)",
            always(ASSIGNED, TaskAssigned.class)),
    CLAIM(
            ClaimTask.class,
            "agent",
            EnumSet.of(SUBMITTED),
            "ready: no blocker is open, no backoff runs",
            always(WORKING, TaskAssigned.class, TaskStarted.class)),
    START(
            StartTask.class,
            "holder",
            EnumSet.of(ASSIGNED),
            "",
            always(WORKING, TaskStarted.class),
            where("the lease was void", WORKING, TaskStarted.class, LeaseExtended.class)),
    DECLINE(DeclineTask.class, "holder", EnumSet.of(ASSIGNED), "", always(SUBMITTED, TaskDeclined.class)),
    REJECT(RejectTask.class, "operator", notEnded(), "", always(REJECTED, TaskRejected.class)),
    EXTEND(
            ExtendLease.class,
            "holder",
            EnumSet.of(ASSIGNED, WORKING),
            "",
            always(null, LeaseExtended.class),
            where("two thirds of the lease are left", null)),
    REPORT(ReportProgress.class, "holder", EnumSet.of(WORKING), "", always(null, ProgressReported.class)),
    SUSPEND(SuspendTask.class, "holder", EnumSet.of(WORKING), "", always(SUSPENDED, TaskSuspended.class)),
    RESUME(ResumeTask.class, "holder", EnumSet.of(SUSPENDED), "", always(WORKING, TaskResumed.class)),
    REQUEST_INPUT(RequestInput.class, "holder", EnumSet.of(WORKING), "", always(INPUT_REQUIRED, InputRequested.class)),
    PROVIDE_INPUT(ProvideInput.class, "anybody", EnumSet.of(INPUT_REQUIRED), "", always(WORKING, InputProvided.class)),
    COMPLETE(CompleteTask.class, "holder", EnumSet.of(WORKING), "", always(COMPLETED, TaskCompleted.class)),
    FAIL(
            FailTask.class,
            "holder",
            EnumSet.of(WORKING, SUSPENDED, INPUT_REQUIRED),
            "",
            where("retryable and an attempt is left", SUBMITTED, AttemptFailed.class, RetryScheduled.class),
            where("the backoff is zero", SUBMITTED, AttemptFailed.class, RetryScheduled.class, RetryDue.class),
            where("else", FAILED, TaskFailed.class)),
    END_BACKOFF(
            EndBackoff.class,
            "system",
            EnumSet.of(SUBMITTED),
            "in a backoff that is over",
            always(SUBMITTED, RetryDue.class)),
    RELEASE(
            ReleaseTask.class,
            "holder, operator, system (holder retired)",
            HELD,
            "costs no attempt",
            always(SUBMITTED, TaskReleased.class)),
    EXPIRE_LEASE(
            ExpireLease.class,
            "system",
            HELD,
            "the recorded expiry of that token has passed",
            where("from assigned", SUBMITTED, LeaseExpired.class, TaskReleased.class),
            where("an attempt is left", SUBMITTED, LeaseExpired.class, AttemptFailed.class, RetryScheduled.class),
            where(
                    "the backoff is zero",
                    SUBMITTED,
                    LeaseExpired.class,
                    AttemptFailed.class,
                    RetryScheduled.class,
                    RetryDue.class),
            where("else", FAILED, LeaseExpired.class, TaskFailed.class)),
    EXPIRE_TASK(ExpireTask.class, "system", notEnded(), "its deadline has passed", always(FAILED, TaskFailed.class)),
    CANCEL(CancelTask.class, "submitter, operator", notEnded(), "", always(CANCELED, TaskCanceled.class)),
    REOPEN(
            ReopenTask.class,
            "anybody, with a reason",
            ENDED,
            "no task of a mission",
            always(SUBMITTED, TaskReopened.class)),
    ADD_BLOCKER(
            AddBlocker.class,
            "anybody",
            notEnded(),
            "",
            always(null, BlockerAdded.class),
            where("it waits for it already", null)),
    REMOVE_BLOCKER(
            RemoveBlocker.class, "anybody", notEnded(), "the blocker is open", always(null, BlockerRemoved.class)),
    CLEAR_BLOCKER(
            ClearBlocker.class,
            "system",
            notEnded(),
            "the blocker is open, and its outcome is what was waited for",
            always(null, BlockerCleared.class)),
    REVISE(
            ReviseTask.class,
            "anybody",
            notEnded(),
            "",
            always(null, TaskRevised.class),
            where("no field is given", null)),
    LABEL(
            LabelTask.class,
            "anybody",
            EnumSet.allOf(TaskState.class),
            "",
            always(null, TaskLabeled.class),
            where("nothing changes", null)),
    COMMENT(CommentOnTask.class, "anybody", EnumSet.allOf(TaskState.class), "", always(null, TaskCommented.class));

    private static final Map<Class<?>, TaskRule> BY_COMMAND =
            Arrays.stream(values()).collect(Collectors.toMap(TaskRule::command, Function.identity()));

    private final Class<? extends TaskCommand> command;
    private final String by;
    private final Set<TaskState> from;
    private final String when;
    private final List<Course> courses;

    TaskRule(Class<? extends TaskCommand> command, String by, Set<TaskState> from, String when, Course... courses) {
        this.command = command;
        this.by = by;
        this.from = from;
        this.when = when;
        this.courses = List.of(courses);
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

    /** What else must hold, or is to be known, in words; empty if nothing. */
    String when() {
        return when;
    }

    /** What may come of it; exactly one of them does. */
    List<Course> courses() {
        return courses;
    }
}
