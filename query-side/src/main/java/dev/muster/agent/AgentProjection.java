package dev.muster.agent;

import dev.muster.agent.AgentEvent.*;
import dev.muster.message.Cause;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskId;
import dev.muster.view.ViewStore;
import java.time.Instant;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;

/** Folds what happened to agents, and which tasks they were given and lost. */
@ProcessingGroup("agents")
public final class AgentProjection {

    private final ViewStore<AgentRow> agents;

    public AgentProjection(ViewStore<AgentRow> agents) {
        this.agents = agents;
    }

    @EventHandler
    void on(AgentRegistered event, @Timestamp Instant at, @SequenceNumber long version) {
        agents.put(new AgentRow(
                new AgentView(
                        event.agentId(),
                        event.displayName(),
                        AgentState.ACTIVE,
                        event.capabilities(),
                        null,
                        List.of(),
                        at,
                        at,
                        version),
                null));
    }

    @EventHandler
    void on(CapabilitiesChanged event, @Timestamp Instant at, @SequenceNumber long version) {
        agents.update(event.agentId().value(), agent -> agent.capable(event.capabilities(), at, version));
    }

    @EventHandler
    void on(AgentLimitChanged event, @Timestamp Instant at, @SequenceNumber long version) {
        agents.update(event.agentId().value(), agent -> agent.limited(event.maxConcurrentTasks(), at, version));
    }

    @EventHandler
    void on(AgentSuspended event, @Timestamp Instant at, @SequenceNumber long version) {
        agents.update(event.agentId().value(), agent -> agent.in(AgentState.SUSPENDED, at, version, null));
    }

    @EventHandler
    void on(AgentResumed event, @Timestamp Instant at, @SequenceNumber long version) {
        agents.update(event.agentId().value(), agent -> agent.in(AgentState.ACTIVE, at, version, null));
    }

    @EventHandler
    void on(AgentRetired event, @Timestamp Instant at, @SequenceNumber long version, EventMessage<?> message) {
        agents.update(event.agentId().value(), agent -> agent.in(AgentState.RETIRED, at, version, Cause.of(message)));
    }

    @EventHandler
    void on(SlotTaken event, @Timestamp Instant at, @SequenceNumber long version) {
        agents.update(event.agentId().value(), agent -> agent.seen(at, version));
    }

    @EventHandler
    void on(SlotFreed event, @Timestamp Instant at, @SequenceNumber long version) {
        agents.update(event.agentId().value(), agent -> agent.seen(at, version));
    }

    @EventHandler
    void on(TaskAssigned event) {
        agents.update(event.agentId().value(), agent -> agent.holding(event.taskId()));
    }

    @EventHandler
    void on(TaskDeclined event) {
        taken(event.taskId(), event.agentId());
    }

    @EventHandler
    void on(TaskReleased event) {
        taken(event.taskId(), event.agentId());
    }

    @EventHandler
    void on(TaskCompleted event) {
        taken(event.taskId(), event.agentId());
    }

    @EventHandler
    void on(AttemptFailed event) {
        taken(event.taskId(), event.agentId());
    }

    @EventHandler
    void on(TaskFailed event) {
        taken(event.taskId(), event.agentId());
    }

    @EventHandler
    void on(TaskRejected event) {
        taken(event.taskId(), event.agentId());
    }

    @EventHandler
    void on(TaskCanceled event) {
        taken(event.taskId(), event.agentId());
    }

    private void taken(TaskId task, @Nullable AgentId from) {
        if (from != null) {
            agents.update(from.value(), agent -> agent.without(task));
        }
    }
}
