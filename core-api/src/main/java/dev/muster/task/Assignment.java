package dev.muster.task;

import dev.muster.agent.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is told that was given a task.
 *
 * @param fencingToken goes with every command of the holder; it grows with each assignment of the task
 * @param leaseExpiresAt until when the agent holds the task if it stays silent; none if the lease is void
 * @param attempt which attempt at the task this is; the first is 1
 */
public record Assignment(
        TaskId taskId,
        AgentId agentId,
        long fencingToken,
        @Nullable Instant leaseExpiresAt,
        int attempt) {}
