package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.mission.MissionId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A task in a list: {@link TaskView} without its long texts. */
public record TaskSummary(
        TaskId taskId,
        String title,
        TaskState state,
        boolean ready,
        int priority,
        Set<String> capabilities,
        Set<String> labels,
        @Nullable TaskId parentId,
        @Nullable MissionId missionId,
        @Nullable AgentId agentId,
        long fencingToken,
        @Nullable Instant leaseExpiresAt,
        int attempt,
        @Nullable Instant deadline,
        List<TaskId> stalledBy,
        Instant submittedAt,
        Instant changedAt,
        long version) {}
