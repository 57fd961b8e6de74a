package dev.muster.whatif;

import dev.muster.access.TokenSecrets;
import dev.muster.agent.Agent;
import dev.muster.agent.LoadedAgents;
import dev.muster.command.AggregateCommands;
import dev.muster.command.CommandClock;
import dev.muster.command.CommandGuard;
import dev.muster.command.EventMetadata;
import dev.muster.command.Undertaking;
import dev.muster.command.UnknownTargets;
import dev.muster.mission.MissionCarrier;
import dev.muster.task.LeaseTerms;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;

/** The same rules around every command as live, over the store and the clock of one sandbox. */
final class LiveSandboxKit implements SandboxKit {

    private final Sandbox sandbox;
    private final List<Class<?>> aggregates;
    private final List<Class<?>> sagas;
    private final LeaseTerms terms;
    private final List<SandboxResource> resources;
    private final int idempotencyWindow;
    private final SandboxTasks tasks;
    private final SandboxCommands systemCommands;
    private final MissionCarrier carrier;

    LiveSandboxKit(
            Sandbox sandbox,
            List<Class<?>> aggregates,
            List<Class<?>> sagas,
            LeaseTerms terms,
            List<SandboxResource> resources,
            int idempotencyWindow) {
        this.sandbox = sandbox;
        this.aggregates = aggregates;
        this.sagas = sagas;
        this.terms = terms;
        this.resources = resources;
        this.idempotencyWindow = idempotencyWindow;
        this.tasks = new SandboxTasks(sandbox);
        this.systemCommands = new SandboxCommands(sandbox);
        this.carrier = MissionCarrier.in(sandbox::later, sandbox.commands(), sandbox.sagaStore());
    }

    @Override
    public List<Class<?>> aggregates() {
        return aggregates;
    }

    @Override
    public List<Class<?>> sagas() {
        return sagas;
    }

    @Override
    public List<MessageHandlerInterceptor<CommandMessage<?>>> commandInterceptors() {
        return List.of(
                CommandClock.at(sandbox.clock()),
                new CorrelationDataInterceptor<>(new Undertaking()),
                new CommandGuard(),
                new UnknownTargets());
    }

    @Override
    public HandlerEnhancerDefinition commandEnhancer() {
        return new AggregateCommands(sandbox::events, idempotencyWindow);
    }

    @Override
    public MessageDispatchInterceptor<EventMessage<?>> eventStamps() {
        return new EventMetadata(sandbox.clock());
    }

    @Override
    public List<Object> resources() {
        var all = new ArrayList<Object>(List.of(
                terms,
                new TokenSecrets(),
                new LoadedAgents(() -> sandbox.repository(Agent.class)),
                tasks,
                systemCommands,
                carrier));
        resources.forEach(resource -> all.add(resource.in(sandbox)));
        return all;
    }

    @Override
    public List<Object> commandHandlers() {
        return List.of(tasks);
    }

    @Override
    public List<Attendant> attendants() {
        return List.of(new SandboxSupervision(sandbox));
    }

    @Override
    public void sagasKnowTheHistory() {
        systemCommands.speak();
        carrier.caughtUp();
    }
}
