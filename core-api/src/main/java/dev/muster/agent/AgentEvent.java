package dev.muster.agent;

import dev.muster.task.TaskId;
import java.util.Set;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** What happened to an agent. */
public sealed interface AgentEvent {

    AgentId agentId();

    /** There is no limit to what it may hold, unless {@link AgentLimitChanged} follows. */
    @Revision("2")
    record AgentRegistered(AgentId agentId, String displayName, Set<String> capabilities) implements AgentEvent {}

    @Revision("1")
    record CapabilitiesChanged(AgentId agentId, Set<String> capabilities) implements AgentEvent {}

    @Revision("1")
    record AgentLimitChanged(AgentId agentId, @Nullable Integer maxConcurrentTasks) implements AgentEvent {}

    @Revision("1")
    record AgentSuspended(AgentId agentId, @Nullable String reason) implements AgentEvent {}

    @Revision("1")
    record AgentResumed(AgentId agentId) implements AgentEvent {}

    @Revision("1")
    record AgentRetired(AgentId agentId, @Nullable String reason) implements AgentEvent {}

    /** One of the tasks that the agent may hold at a time was taken, by the assignment of that fencing token. */
    @Revision("1")
    record SlotTaken(AgentId agentId, TaskId taskId, long fencingToken) implements AgentEvent {}

    /** The agent no longer holds that task. */
    @Revision("1")
    record SlotFreed(AgentId agentId, TaskId taskId, long fencingToken) implements AgentEvent {}
}
