package dev.muster.cli.baseline;

import dev.muster.agent.Agent;
import dev.muster.agent.AgentEvent;
import dev.muster.message.EventSerializer;
import dev.muster.message.MessageNames;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.task.Task;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskIndex;
import java.nio.file.Path;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

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
        var axon = PlainDomain.in(DefaultConfigurer.defaultConfiguration(false), index)
                .configureAggregate(
                        AggregateConfigurer.defaultConfiguration(Task.class).configureCache(configuration -> cache))
                .configureAggregate(
                        AggregateConfigurer.defaultConfiguration(Agent.class).configureCache(configuration -> cache))
                .configureCommandBus(configuration -> SimpleCommandBus.builder().build())
                .configureSerializer(configuration -> serializer)
                .configureEventSerializer(configuration -> serializer)
                .configureEventStore(configuration -> store)
                .buildConfiguration();
        PlainDomain.start(axon, store, index);
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
