package dev.muster.cli.baseline;

import dev.muster.agent.Agent;
import dev.muster.agent.AgentEvent;
import dev.muster.agent.Agents;
import dev.muster.agent.LoadedAgents;
import dev.muster.message.EventSerializer;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.task.ClaimNextTaskHandler;
import dev.muster.task.CommandLeaseTerms;
import dev.muster.task.LeaseTerms;
import dev.muster.task.OtherTasks;
import dev.muster.task.Task;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Muster's tasks and agents on as little as can handle them: Axon's command bus, its event store on the embedded log, Axon's cache of
 * aggregates. It has no view, saga, guard, idempotency key or meter and no metadata but the actor. So what it does is about the most that
 * a machine can do for commands of Axon that are synced before they are answered.
 */
public final class BareAxon implements AutoCloseable {

    private final Configuration axon;
    private final RocksEventStorageEngine engine;

    private BareAxon(Configuration axon, RocksEventStorageEngine engine) {
        this.axon = axon;
        this.engine = engine;
    }

    /** Starts it with a log in that folder. */
    public static BareAxon start(Path log) {
        var serializer = EventSerializer.of(MessageNames.of(MessageNames.below(TaskEvent.class, AgentEvent.class)));
        var engine =
                RocksEventStorageEngine.builder(log, serializer, serializer).build();
        var store = EmbeddedEventStore.builder().storageEngine(engine).build();
        var index = new TaskIndex(task -> store.readEvents(task, 0));
        var cache = new WeakReferenceCache();
        var axon = DefaultConfigurer.defaultConfiguration(false)
                .configureAggregate(
                        AggregateConfigurer.defaultConfiguration(Task.class).configureCache(configuration -> cache))
                .configureAggregate(
                        AggregateConfigurer.defaultConfiguration(Agent.class).configureCache(configuration -> cache))
                .configureCommandBus(configuration -> SimpleCommandBus.builder().build())
                .configureSerializer(configuration -> serializer)
                .configureEventSerializer(configuration -> serializer)
                .configureEventStore(configuration -> store)
                .configureCorrelationDataProviders(configuration ->
                        List.of(new MessageOriginProvider(), new SimpleCorrelationDataProvider(MetaKeys.ACTOR)))
                .registerComponent(Clock.class, configuration -> Clock.systemUTC())
                .registerComponent(
                        LeaseTerms.class,
                        configuration -> new CommandLeaseTerms(Duration.ofMinutes(10), Duration.ofDays(1)))
                .registerComponent(OtherTasks.class, configuration -> index)
                .registerComponent(
                        Agents.class, configuration -> new LoadedAgents(() -> configuration.repository(Agent.class)))
                .registerCommandHandler(configuration -> new ClaimNextTaskHandler(index, configuration.commandBus(), 2))
                .buildConfiguration();
        store.subscribe(events -> {
            var told = List.copyOf(events);
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> index.accept(told));
        });
        axon.start();
        index.caughtUp();
        return new BareAxon(axon, engine);
    }

    public CommandGateway commands() {
        return axon.commandGateway();
    }

    @Override
    public void close() {
        axon.shutdown();
        engine.close();
    }
}
