package dev.muster.agent;

import dev.muster.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent as a reader sees it.
 *
 * @param holding the tasks it holds, in the order in which it was given them
 * @param version the version of the agent, for {@code If-Match}
 */
public record AgentView(
        AgentId agentId,
        String displayName,
        AgentState state,
        Set<String> capabilities,
        @Nullable Integer maxConcurrentTasks,
        List<TaskId> holding,
        Instant registeredAt,
        Instant changedAt,
        long version) {}
