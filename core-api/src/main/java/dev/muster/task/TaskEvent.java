package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.agent.AgentId;
import dev.muster.mission.MissionId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What happened to a task. Each event says all that a reader needs, so that none has to ask back. A {@code usage} is the
 * total of the attempt, {@code charged} what came on top of the total before; an absent {@code leaseExpiresAt} is a void
 * lease, which never ends by itself.
 */
public sealed interface TaskEvent {

    TaskId taskId();

    /** What happened in, or to, the hands of the agent to whom the assignment of that fencing token gave the task. */
    sealed interface OfHolding extends TaskEvent {

        AgentId agentId();

        long fencingToken();
    }

    @Revision("1")
    record TaskSubmitted(
            TaskId taskId,
            String title,
            @Nullable String instruction,
            int priority,
            Set<String> capabilities,
            Set<String> labels,
            @Nullable TaskId parentId,
            List<Blocker> blockers,
            @Nullable JsonNode input,
            Retry retry,
            @Nullable Instant deadline,
            @Nullable MissionId missionId,
            @Nullable String stepId,
            String submittedBy)
            implements TaskEvent {}

    /** An agent was given the task; {@code slot} says whether one of its limited slots was taken for it. */
    @Revision("1")
    record TaskAssigned(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable Instant leaseExpiresAt,
            int attempt,
            boolean slot,
            @Nullable MissionId missionId)
            implements TaskEvent {}

    @Revision("1")
    record TaskStarted(TaskId taskId, AgentId agentId, long fencingToken) implements OfHolding {}

    @Revision("1")
    record TaskDeclined(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable String reason) implements OfHolding {}

    /** Ended by an operator; {@code agentId} is who held it. */
    @Revision("1")
    record TaskRejected(
            TaskId taskId,
            @Nullable AgentId agentId,
            @Nullable MissionId missionId,
            @Nullable String stepId,
            @Nullable String reason)
            implements TaskEvent {}

    @Revision("1")
    record LeaseExtended(TaskId taskId, AgentId agentId, long fencingToken, Instant leaseExpiresAt)
            implements OfHolding {}

    /** {@code permille} is how much of the work is done, in thousandths: 0 to 1,000. */
    @Revision("2")
    record ProgressReported(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable Integer permille,
            @Nullable String note,
            List<Artifact> artifacts,
            Usage usage,
            Usage charged,
            @Nullable Instant leaseExpiresAt)
            implements OfHolding {}

    @Revision("1")
    record TaskSuspended(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable Instant leaseExpiresAt,
            @Nullable String reason)
            implements OfHolding {}

    @Revision("1")
    record TaskResumed(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable Instant leaseExpiresAt) implements OfHolding {}

    @Revision("1")
    record InputRequested(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable Instant leaseExpiresAt,
            String question) implements OfHolding {}

    @Revision("1")
    record InputProvided(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable Instant leaseExpiresAt,
            JsonNode input) implements OfHolding {}

    @Revision("1")
    record TaskCompleted(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable MissionId missionId,
            @Nullable String stepId,
            @Nullable JsonNode result,
            Usage usage,
            Usage charged)
            implements OfHolding {}

    /** An attempt failed and another one follows. */
    @Revision("1")
    record AttemptFailed(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable MissionId missionId,
            @Nullable String stepId,
            int attempt,
            String error,
            Usage usage,
            Usage charged)
            implements OfHolding {}

    /** The task rests until {@code dueAt}, when the next attempt, of that number, may begin. */
    @Revision("1")
    record RetryScheduled(TaskId taskId, int attempt, Instant dueAt) implements TaskEvent {}

    @Revision("1")
    record RetryDue(TaskId taskId, int attempt) implements TaskEvent {}

    @Revision("1")
    record TaskFailed(
            TaskId taskId,
            @Nullable AgentId agentId,
            @Nullable MissionId missionId,
            @Nullable String stepId,
            Cause cause,
            String error,
            Usage usage,
            Usage charged)
            implements TaskEvent {

        /** Why a task failed for good. */
        public enum Cause {
            /** No attempt is left. */
            @JsonProperty("attempts")
            ATTEMPTS,
            /** The holder said that trying again makes no sense. */
            @JsonProperty("not-retryable")
            NOT_RETRYABLE,
            /** It had not ended by its deadline. */
            @JsonProperty("deadline")
            DEADLINE
        }
    }

    @Revision("1")
    record TaskReleased(
            TaskId taskId,
            AgentId agentId,
            long fencingToken,
            @Nullable String reason) implements OfHolding {}

    /** The holder stayed silent for the whole lease, which ended at {@code expiredAt}. */
    @Revision("1")
    record LeaseExpired(TaskId taskId, AgentId agentId, long fencingToken, Instant expiredAt) implements OfHolding {}

    /** Ended because it is wanted no more; {@code agentId} is who held it. */
    @Revision("1")
    record TaskCanceled(
            TaskId taskId,
            @Nullable AgentId agentId,
            @Nullable MissionId missionId,
            @Nullable String stepId,
            @Nullable String reason)
            implements TaskEvent {}

    @Revision("1")
    record TaskReopened(
            TaskId taskId, String reason, @Nullable Instant deadline) implements TaskEvent {}

    @Revision("1")
    record BlockerAdded(TaskId taskId, TaskId blockerId, Blocker.Until until) implements TaskEvent {}

    @Revision("1")
    record BlockerRemoved(
            TaskId taskId, TaskId blockerId, @Nullable String reason) implements TaskEvent {}

    /** What was waited for has come about: the blocker came to {@code outcome}. */
    @Revision("1")
    record BlockerCleared(TaskId taskId, TaskId blockerId, TaskState outcome) implements TaskEvent {}

    /** Fields that are absent stayed as they were, unless {@code cleared} names them. */
    @Revision("1")
    record TaskRevised(
            TaskId taskId,
            @Nullable String title,
            @Nullable String instruction,
            @Nullable Integer priority,
            @Nullable Set<String> capabilities,
            @Nullable TaskId parentId,
            @Nullable JsonNode input,
            @Nullable Retry retry,
            @Nullable Instant deadline,
            Set<TaskCommand.Clearable> cleared)
            implements TaskEvent {}

    @Revision("1")
    record TaskLabeled(TaskId taskId, Set<String> added, Set<String> removed) implements TaskEvent {}

    @Revision("2")
    record TaskCommented(TaskId taskId, String comment) implements TaskEvent {}
}
