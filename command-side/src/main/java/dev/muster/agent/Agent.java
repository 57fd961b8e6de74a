package dev.muster.agent;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.muster.agent.AgentCommand.ChangeCapabilities;
import dev.muster.agent.AgentCommand.ChangeLimit;
import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentCommand.ResumeAgent;
import dev.muster.agent.AgentCommand.RetireAgent;
import dev.muster.agent.AgentCommand.SuspendAgent;
import dev.muster.agent.AgentEvent.AgentLimitChanged;
import dev.muster.agent.AgentEvent.AgentRegistered;
import dev.muster.agent.AgentEvent.AgentResumed;
import dev.muster.agent.AgentEvent.AgentRetired;
import dev.muster.agent.AgentEvent.AgentSuspended;
import dev.muster.agent.AgentEvent.CapabilitiesChanged;
import dev.muster.agent.AgentEvent.SlotFreed;
import dev.muster.agent.AgentEvent.SlotTaken;
import dev.muster.message.Objection;
import dev.muster.task.TaskId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One agent: whether it may be given tasks, which, and how many at a time. */
@Revision("1")
@Aggregate(type = "agent")
public class Agent {

    @AggregateIdentifier
    private @Nullable AgentId id;

    private @Nullable AgentState state;
    private Set<String> capabilities = Set.of();
    private @Nullable Integer limit;

    /** The tasks for which a slot was taken, and the fencing token of the assignment it was taken for. */
    private Map<String, Long> slots = new LinkedHashMap<>();

    /** For Axon. */
    protected Agent() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterAgent command) {
        if (id != null) {
            throw AgentRefusals.exists(id);
        }
        var name = command.displayName();
        apply(new AgentRegistered(
                command.agentId(),
                name == null || name.isBlank() ? command.agentId().value() : name,
                Objects.requireNonNull(command.capabilities())));
        if (command.maxConcurrentTasks() != null) {
            apply(new AgentLimitChanged(command.agentId(), command.maxConcurrentTasks()));
        }
    }

    @CommandHandler
    void handle(ChangeCapabilities command) {
        mustNotBeRetired();
        if (!capabilities.equals(command.capabilities())) {
            apply(new CapabilitiesChanged(id(), Objects.requireNonNull(command.capabilities())));
        }
    }

    @CommandHandler
    void handle(ChangeLimit command) {
        mustNotBeRetired();
        if (!Objects.equals(limit, command.maxConcurrentTasks())) {
            apply(new AgentLimitChanged(id(), command.maxConcurrentTasks()));
        }
    }

    @CommandHandler
    void handle(SuspendAgent command) {
        mustNotBeRetired();
        if (state == AgentState.SUSPENDED) {
            throw AgentRefusals.suspended(id());
        }
        apply(new AgentSuspended(id(), command.reason()));
    }

    @CommandHandler
    void handle(ResumeAgent command) {
        mustNotBeRetired();
        if (state != AgentState.SUSPENDED) {
            throw AgentRefusals.notSuspended(id());
        }
        apply(new AgentResumed(id()));
    }

    @CommandHandler
    void handle(RetireAgent command) {
        mustNotBeRetired();
        apply(new AgentRetired(id(), command.reason()));
    }

    /** See {@link Agents#take}. */
    boolean take(TaskId task, Set<String> needed, long fencingToken) {
        mustNotBeRetired();
        if (state == AgentState.SUSPENDED) {
            throw AgentRefusals.suspended(id());
        }
        if (!capabilities.containsAll(needed)) {
            var missing = new TreeSet<>(needed);
            missing.removeAll(capabilities);
            throw AgentRefusals.notCapable(id(), missing);
        }
        if (limit == null) {
            return false;
        }
        if (slots.size() >= limit) {
            throw AgentRefusals.atLimit(id(), limit);
        }
        apply(new SlotTaken(id(), task, fencingToken));
        return true;
    }

    /** See {@link Agents#free}. */
    void free(TaskId task, long fencingToken) {
        if (Objects.equals(slots.get(task.value()), fencingToken)) {
            apply(new SlotFreed(id(), task, fencingToken));
        }
    }

    private void mustNotBeRetired() {
        if (state == AgentState.RETIRED) {
            throw AgentRefusals.retired(id());
        }
    }

    private AgentId id() {
        return Objects.requireNonNull(id);
    }

    @Objection
    @Nullable
    String objection(AgentEvent event) {
        if (id == null) {
            return event instanceof AgentRegistered ? null : "it was never registered";
        }
        if (event instanceof AgentRegistered) {
            return "it was registered before";
        }
        if (event instanceof SlotFreed freed) {
            return Objects.equals(slots.get(freed.taskId().value()), freed.fencingToken())
                    ? null
                    : "it had no slot for task " + freed.taskId().value();
        }
        if (state == AgentState.RETIRED) {
            return "it was retired";
        }
        if (event instanceof SlotTaken && (limit == null || slots.size() >= limit)) {
            return limit == null ? "it had no limit" : "it was at its limit of " + limit;
        }
        if (event instanceof AgentSuspended || event instanceof SlotTaken) {
            return state == AgentState.SUSPENDED ? "it was suspended" : null;
        }
        return event instanceof AgentResumed && state != AgentState.SUSPENDED ? "it was not suspended" : null;
    }

    @EventSourcingHandler
    void on(AgentRegistered event) {
        id = event.agentId();
        state = AgentState.ACTIVE;
        capabilities = event.capabilities();
    }

    @EventSourcingHandler
    void on(CapabilitiesChanged event) {
        capabilities = event.capabilities();
    }

    @EventSourcingHandler
    void on(AgentLimitChanged event) {
        limit = event.maxConcurrentTasks();
    }

    @EventSourcingHandler
    void on(AgentSuspended event) {
        state = AgentState.SUSPENDED;
    }

    @EventSourcingHandler
    void on(AgentResumed event) {
        state = AgentState.ACTIVE;
    }

    @EventSourcingHandler
    void on(AgentRetired event) {
        state = AgentState.RETIRED;
    }

    @EventSourcingHandler
    void on(SlotTaken event) {
        slots.put(event.taskId().value(), event.fencingToken());
    }

    @EventSourcingHandler
    void on(SlotFreed event) {
        slots.remove(event.taskId().value());
    }
}
