package dev.muster.mission;

import dev.muster.agent.AgentId;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a task of a mission, and where its time went. Of the time that runs, only what had passed at the last
 * event of the task is in it.
 *
 * @param attempts how many have begun
 * @param agents who was given it, in the order in which they first were
 * @param waiting for an agent to take it or to begin
 * @param working on it
 * @param resting suspended, for an input, or before another attempt
 * @param usage the total of all attempts
 * @param startedAt when the task came about
 */
public record WorkView(
        TaskId taskId,
        int attempts,
        List<AgentId> agents,
        Duration waiting,
        Duration working,
        Duration resting,
        Usage usage,
        Instant startedAt,
        @Nullable Instant endedAt) {}
