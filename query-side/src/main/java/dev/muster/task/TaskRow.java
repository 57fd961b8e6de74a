package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.message.Cause;
import dev.muster.mission.MissionId;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is kept: what readers see, and the events that what may become due follows from, as long as it may.
 *
 * @param dependents how many tasks wait, or waited, for it; where there are none, nobody needs to be told of its end
 * @param leaseEvent the event that set the lease; none without a lease
 * @param retryEvent the event that began the rest; none if it rests no more
 * @param deadlineEvent the event that set the deadline; none without one, or once the task has ended
 * @param stateEvent the event that brought it to its state
 */
@View
public record TaskRow(
        TaskView view,
        int dependents,
        @Nullable Cause leaseEvent,
        @Nullable Cause retryEvent,
        @Nullable Cause deadlineEvent,
        @Nullable Cause stateEvent) {

    /** By the plain identifier; the most urgent first, then the oldest. */
    public static final ViewDefinition<TaskRow> DEFINITION = ViewDefinition.of(
                    "task", 3, TaskRow.class, row -> row.view.taskId().value())
            .text("state", row -> row.view.state().toString())
            .flag("ready", row -> row.view.ready())
            .flag("stalled", row -> !row.view.stalledBy().isEmpty())
            .number("priority", row -> (long) row.view.priority())
            .time("submittedAt", row -> row.view.submittedAt())
            .text("agent", row -> value(row.view.agentId()))
            .text("parent", row -> value(row.view.parentId()))
            .text("mission", row -> value(row.view.missionId()))
            .time("leaseDue", row -> row.view.state().isHeld() ? row.view.leaseExpiresAt() : null)
            .time("retryDue", row -> row.view.retryAt())
            .time("deadlineDue", row -> row.view.state().isEnded() ? null : row.view.deadline())
            .names("capability", row -> row.view.capabilities())
            .names("label", row -> row.view.labels())
            .few("stalled", "parent", "retryDue", "deadlineDue")
            .neverSelected("priority", "submittedAt")
            .orderBy("priority", "submittedAt");

    private static @Nullable String value(@Nullable AgentId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable String value(@Nullable TaskId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable String value(@Nullable MissionId id) {
        return id == null ? null : id.value();
    }

    TaskRow withDependents(int count) {
        return new TaskRow(view, count, leaseEvent, retryEvent, deadlineEvent, stateEvent);
    }

    TaskSummary summary() {
        return new TaskSummary(
                view.taskId(),
                view.title(),
                view.state(),
                view.ready(),
                view.priority(),
                view.capabilities(),
                view.labels(),
                view.parentId(),
                view.missionId(),
                view.agentId(),
                view.fencingToken(),
                view.leaseExpiresAt(),
                view.attempt(),
                view.deadline(),
                view.stalledBy(),
                view.submittedAt(),
                view.changedAt(),
                view.version());
    }
}
