package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.mission.MissionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as a reader sees it.
 *
 * @param ready whether an agent may claim it now: submitted, no blocker open, no rest running
 * @param agentId who holds it, or held it last if it has ended
 * @param fencingToken of the last assignment; 0 before the first
 * @param attempt the attempt that runs, or that would be next; the first is 1
 * @param retryAt until when it rests, if it does
 * @param stalledBy the open blockers that have ended otherwise than was waited for
 * @param percent how much of the work is done, from 0 to 100, with one decimal at most
 * @param usage the total of all attempts
 * @param version the version of the task, for {@code If-Match}
 */
public record TaskView(
        TaskId taskId,
        String title,
        @Nullable String instruction,
        TaskState state,
        boolean ready,
        int priority,
        Set<String> capabilities,
        Set<String> labels,
        @Nullable TaskId parentId,
        @Nullable MissionId missionId,
        @Nullable String stepId,
        String submittedBy,
        @Nullable AgentId agentId,
        long fencingToken,
        @Nullable Instant leaseExpiresAt,
        int attempt,
        Retry retry,
        @Nullable Instant retryAt,
        @Nullable Instant deadline,
        List<BlockerView> blockers,
        List<TaskId> stalledBy,
        @Nullable BigDecimal percent,
        @Nullable String note,
        List<Artifact> artifacts,
        Usage usage,
        @Nullable String question,
        @Nullable JsonNode input,
        @Nullable JsonNode providedInput,
        @Nullable JsonNode result,
        @Nullable String error,
        @Nullable String reason,
        int comments,
        Instant submittedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Instant changedAt,
        long version) {

    /**
     * One task that this one waits for, or waited for.
     *
     * @param open whether it still blocks
     * @param state the state of the task that is waited for
     */
    public record BlockerView(TaskId taskId, Blocker.Until until, boolean open, TaskState state) {}
}
