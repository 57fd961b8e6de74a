package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.message.Cause;
import dev.muster.message.Check;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskView.BlockerView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A task while an event is folded into it: what each event changes of what readers see. */
final class TaskFold {

    private final TaskView before;
    private final Instant at;
    private final long version;
    private final @Nullable Cause event;

    private String title;
    private @Nullable String instruction;
    private TaskState state;
    private int priority;
    private Set<String> capabilities;
    private Set<String> labels;
    private @Nullable TaskId parentId;
    private @Nullable AgentId agentId;
    private long fencingToken;
    private @Nullable Instant leaseExpiresAt;
    private int attempt;
    private Retry retry;
    private @Nullable Instant retryAt;
    private @Nullable Instant deadline;
    private List<BlockerView> blockers;
    private @Nullable BigDecimal percent;
    private @Nullable String note;
    private List<Artifact> artifacts;
    private Usage usage;
    private @Nullable String question;
    private @Nullable JsonNode input;
    private @Nullable JsonNode providedInput;
    private @Nullable JsonNode result;
    private @Nullable String error;
    private @Nullable String reason;
    private int comments;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private final int dependents;
    private @Nullable Cause leaseEvent;
    private @Nullable Cause retryEvent;
    private @Nullable Cause deadlineEvent;
    private @Nullable Cause stateEvent;

    /**
     * @param at the time of the event
     * @param version the version of the task with it
     * @param event the event itself; none if nothing follows from it
     */
    TaskFold(TaskRow row, Instant at, long version, @Nullable Cause event) {
        this.before = row.view();
        this.at = at;
        this.version = version;
        this.event = event;
        title = before.title();
        instruction = before.instruction();
        state = before.state();
        priority = before.priority();
        capabilities = before.capabilities();
        labels = before.labels();
        parentId = before.parentId();
        agentId = before.agentId();
        fencingToken = before.fencingToken();
        leaseExpiresAt = before.leaseExpiresAt();
        attempt = before.attempt();
        retry = before.retry();
        retryAt = before.retryAt();
        deadline = before.deadline();
        blockers = before.blockers();
        percent = before.percent();
        note = before.note();
        artifacts = before.artifacts();
        usage = before.usage();
        question = before.question();
        input = before.input();
        providedInput = before.providedInput();
        result = before.result();
        error = before.error();
        reason = before.reason();
        comments = before.comments();
        startedAt = before.startedAt();
        endedAt = before.endedAt();
        dependents = row.dependents();
        leaseEvent = row.leaseEvent();
        retryEvent = row.retryEvent();
        deadlineEvent = row.deadlineEvent();
        stateEvent = row.stateEvent();
    }

    /** A task that was just submitted. */
    static TaskRow submitted(TaskSubmitted event, Instant at, Cause cause) {
        var view = new TaskView(
                event.taskId(),
                event.title(),
                event.instruction(),
                TaskState.SUBMITTED,
                event.blockers().isEmpty(),
                event.priority(),
                event.capabilities(),
                event.labels(),
                event.parentId(),
                event.missionId(),
                event.stepId(),
                event.submittedBy(),
                null,
                0,
                null,
                1,
                // One for all tasks that have it.
                event.retry().equals(Retry.DEFAULT) ? Retry.DEFAULT : event.retry(),
                null,
                event.deadline(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                Usage.NONE,
                null,
                event.input(),
                null,
                null,
                null,
                null,
                0,
                at,
                null,
                null,
                at,
                0);
        return new TaskRow(view, 0, null, null, cause, cause);
    }

    TaskRow apply(TaskEvent change) {
        if (change instanceof TaskAssigned e) {
            assigned(e);
        } else if (change instanceof TaskStarted) {
            to(TaskState.WORKING);
            startedAt = at;
        } else if (change instanceof TaskDeclined e) {
            free(e.reason());
        } else if (change instanceof TaskReleased e) {
            free(e.reason());
        } else if (change instanceof LeaseExtended e) {
            lease(e.leaseExpiresAt());
        } else if (change instanceof ProgressReported e) {
            progress(e);
        } else if (change instanceof TaskSuspended e) {
            to(TaskState.SUSPENDED);
            lease(e.leaseExpiresAt());
            reason = e.reason();
        } else if (change instanceof TaskResumed e) {
            to(TaskState.WORKING);
            lease(e.leaseExpiresAt());
            reason = null;
        } else if (change instanceof InputRequested e) {
            to(TaskState.INPUT_REQUIRED);
            lease(e.leaseExpiresAt());
            question = e.question();
        } else if (change instanceof InputProvided e) {
            to(TaskState.WORKING);
            lease(e.leaseExpiresAt());
            question = null;
            providedInput = e.input();
        } else if (change instanceof TaskCompleted e) {
            end(TaskState.COMPLETED, e.charged());
            result = e.result();
        } else if (change instanceof AttemptFailed e) {
            usage = usage.plus(e.charged());
            error = e.error();
            free(null);
        } else if (change instanceof RetryScheduled e) {
            attempt = e.attempt();
            retryAt = e.dueAt();
            retryEvent = event;
        } else if (change instanceof RetryDue) {
            retryAt = null;
        } else if (change instanceof TaskFailed e) {
            end(TaskState.FAILED, e.charged());
            error = e.error();
        } else if (change instanceof TaskRejected e) {
            end(TaskState.REJECTED, Usage.NONE);
            reason = e.reason();
        } else if (change instanceof TaskCanceled e) {
            end(TaskState.CANCELED, Usage.NONE);
            reason = e.reason();
        } else if (change instanceof TaskReopened e) {
            reopened(e);
        } else if (change instanceof TaskRevised e) {
            revised(e);
        } else if (change instanceof TaskLabeled e) {
            var changed = new LinkedHashSet<>(labels);
            changed.removeAll(e.removed());
            changed.addAll(e.added());
            labels = Check.names("labels", changed, TaskCommand.MAX_LABELS, TaskCommand.MAX_LABEL);
        } else if (change instanceof TaskCommented) {
            comments++;
        }
        return toRow();
    }

    private void to(TaskState next) {
        state = next;
        stateEvent = event;
    }

    private void lease(@Nullable Instant expiry) {
        leaseExpiresAt = expiry;
        leaseEvent = event;
    }

    private void assigned(TaskAssigned e) {
        to(TaskState.ASSIGNED);
        lease(e.leaseExpiresAt());
        agentId = e.agentId();
        fencingToken = e.fencingToken();
        attempt = e.attempt();
        retryAt = null;
        percent = null;
        note = null;
        question = null;
        reason = null;
    }

    private void free(@Nullable String why) {
        to(TaskState.SUBMITTED);
        agentId = null;
        leaseExpiresAt = null;
        question = null;
        reason = why;
    }

    private void progress(ProgressReported e) {
        lease(e.leaseExpiresAt());
        percent = e.permille() == null ? percent : Percent.ofPermille(e.permille());
        note = e.note() == null ? note : e.note();
        if (!e.artifacts().isEmpty()) {
            var all = new ArrayList<>(artifacts);
            all.removeIf(known -> e.artifacts().contains(known));
            all.addAll(e.artifacts());
            artifacts = List.copyOf(all);
        }
        usage = usage.plus(e.charged());
    }

    private void end(TaskState ended, Usage charged) {
        to(ended);
        usage = usage.plus(charged);
        leaseExpiresAt = null;
        retryAt = null;
        question = null;
        endedAt = at;
    }

    private void reopened(TaskReopened e) {
        to(TaskState.SUBMITTED);
        reason = e.reason();
        agentId = null;
        attempt = 1;
        deadline = e.deadline();
        deadlineEvent = event;
        percent = null;
        note = null;
        result = null;
        error = null;
        endedAt = null;
        startedAt = null;
    }

    private void revised(TaskRevised e) {
        for (var cleared : e.cleared()) {
            switch (cleared) {
                case INSTRUCTION -> instruction = null;
                case PARENT -> parentId = null;
                case INPUT -> input = null;
                case DEADLINE -> deadline = null;
            }
        }
        title = e.title() == null ? title : e.title();
        instruction = e.instruction() == null ? instruction : e.instruction();
        priority = e.priority() == null ? priority : e.priority();
        capabilities = e.capabilities() == null ? capabilities : e.capabilities();
        parentId = e.parentId() == null ? parentId : e.parentId();
        input = e.input() == null ? input : e.input();
        retry = e.retry() == null ? retry : e.retry();
        if (e.deadline() != null) {
            deadline = e.deadline();
            deadlineEvent = event;
        }
    }

    /** With these blockers instead of those it had. */
    TaskRow blockedBy(List<BlockerView> changed) {
        blockers = List.copyOf(changed);
        return toRow();
    }

    private TaskRow toRow() {
        List<BlockerView> open = blockers.isEmpty()
                ? List.of()
                : blockers.stream().filter(BlockerView::open).toList();
        var view = new TaskView(
                before.taskId(),
                title,
                instruction,
                state,
                state == TaskState.SUBMITTED && retryAt == null && open.isEmpty(),
                priority,
                capabilities,
                labels,
                parentId,
                before.missionId(),
                before.stepId(),
                before.submittedBy(),
                agentId,
                fencingToken,
                leaseExpiresAt,
                attempt,
                retry,
                retryAt,
                deadline,
                blockers,
                state.isEnded() || open.isEmpty() ? List.of() : stalledBy(open),
                percent,
                note,
                artifacts,
                usage,
                question,
                input,
                providedInput,
                result,
                error,
                reason,
                comments,
                before.submittedAt(),
                startedAt,
                endedAt,
                at,
                version);
        return new TaskRow(
                view,
                dependents,
                leaseExpiresAt == null ? null : leaseEvent,
                retryAt == null ? null : retryEvent,
                deadline == null || state.isEnded() ? null : deadlineEvent,
                stateEvent);
    }

    private static List<TaskId> stalledBy(List<BlockerView> open) {
        return open.stream()
                .filter(blocker -> blocker.state().isEnded() && !blocker.until().isMetBy(blocker.state()))
                .map(BlockerView::taskId)
                .toList();
    }
}
