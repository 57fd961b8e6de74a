package dev.muster.task;

import dev.muster.agent.Agent;
import dev.muster.agent.Agents;
import dev.muster.agent.LoadedAgents;
import dev.muster.command.AggregateCache;
import dev.muster.command.AggregateCommands;
import dev.muster.command.CommandClock;
import dev.muster.command.CommandGuard;
import dev.muster.command.EventMetadata;
import dev.muster.command.KeptAggregates;
import dev.muster.command.Undertaking;
import dev.muster.command.VersionedTargets;
import dev.muster.message.MetaKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Tasks and agents wired up as an application does, with the log in memory. To be closed. */
public final class TaskDomain implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    public final MutableClock clock = new MutableClock(NOW);
    public final TaskIndex index = index();
    private final Configuration axon;
    private final Clock clockBefore = GenericEventMessage.clock;

    /** Another one, which was told of nothing yet. */
    public TaskIndex index() {
        return new TaskIndex(task -> this.axon.eventStore().readEvents(task, 0));
    }

    public TaskDomain() {
        this(0, new InMemoryEventStorageEngine());
    }

    /** @param cached how many tasks, and how many agents, are kept in memory between their commands */
    public TaskDomain(int cached, EventStorageEngine log) {
        var commandClock = new CommandClock(clock);
        GenericEventMessage.clock = commandClock;
        axon = DefaultConfigurer.defaultConfiguration()
                .configureAggregate(cached(Task.class, cached))
                .configureAggregate(cached(Agent.class, cached))
                .configureEventStore(configuration ->
                        EmbeddedEventStore.builder().storageEngine(log).build())
                .registerHandlerEnhancerDefinition(
                        configuration -> new AggregateCommands(configuration::eventStore, 100))
                .configureCorrelationDataProviders(configuration -> List.of(new Undertaking()))
                .registerComponent(Clock.class, configuration -> commandClock)
                .registerComponent(LeaseTerms.class, configuration -> new FakeTerms())
                .registerComponent(OtherTasks.class, configuration -> index)
                .registerComponent(
                        Agents.class, configuration -> new LoadedAgents(() -> configuration.repository(Agent.class)))
                .registerCommandHandler(configuration -> new ClaimNextTaskHandler(index, configuration.commandBus(), 2))
                .buildConfiguration();
        axon.eventStore().subscribe(events -> {
            var told = List.copyOf(events);
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> index.accept(told));
        });
        axon.start();
        axon.commandBus().registerHandlerInterceptor(new CommandGuard());
        axon.eventStore().registerDispatchInterceptor(new EventMetadata(clock));
        index.caughtUp();
    }

    private static <A> AggregateConfigurer<A> cached(Class<A> type, int size) {
        return AggregateConfigurer.defaultConfiguration(type)
                .configureRepository(axon -> KeptAggregates.of(
                        EventSourcingRepository.builder(type)
                                .parameterResolverFactory(axon.parameterResolverFactory())
                                .handlerDefinition(axon.handlerDefinition(type))
                                .repositoryProvider(axon::repository),
                        axon.eventStore(),
                        new AggregateCache(size)))
                .configureCommandTargetResolver(configuration -> new VersionedTargets(configuration::eventStore));
    }

    public CommandResultMessage<?> send(Object command, String actor, Object... more) {
        var meta = new HashMap<String, Object>(Map.of(MetaKeys.ACTOR, actor));
        for (int i = 0; i < more.length; i += 2) {
            meta.put((String) more[i], more[i + 1]);
        }
        return send(new GenericCommandMessage<>(command, meta));
    }

    public <C> CommandResultMessage<?> send(CommandMessage<C> command) {
        var answer = new FutureCallback<C, Object>();
        axon.commandBus().dispatch(command, answer);
        return answer.getResult();
    }

    /** Sends as anonymous, and must be done. */
    public Object done(Object command) {
        var result = send(command, "anonymous");
        if (result.isExceptional()) {
            throw new AssertionError(result.exceptionResult());
        }
        return result.getPayload();
    }

    public List<DomainEventMessage<?>> events(String entity) {
        var events = new ArrayList<DomainEventMessage<?>>();
        axon.eventStore().readEvents(entity).forEachRemaining(events::add);
        return events;
    }

    public List<String> types(String entity) {
        return events(entity).stream()
                .map(event -> event.getPayloadType().getSimpleName())
                .toList();
    }

    @Override
    public void close() {
        axon.shutdown();
        GenericEventMessage.clock = clockBefore;
    }
}
