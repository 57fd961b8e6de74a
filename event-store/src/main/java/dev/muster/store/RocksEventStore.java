package dev.muster.store;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.monitoring.MessageMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store on the engine of this module, whose streams read from it without a thread between: the engine knows when it
 * has grown and keeps the last events in memory. Axon's own store has a thread that copies each event into a list for its readers,
 * and wakes all of them for each. Thread-safe; its streams are not.
 */
public final class RocksEventStore extends AbstractEventStore {

    private final RocksEventStorageEngine engine;

    public RocksEventStore(
            RocksEventStorageEngine engine,
            MessageMonitor<? super EventMessage<?>> monitor,
            EventBusSpanFactory spans) {
        super(new Builder(engine, monitor, spans));
        this.engine = engine;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new FollowedLog(engine, RocksEventStorageEngine.positionAfter(token));
    }

    private static final class Builder extends AbstractEventStore.Builder {

        Builder(
                RocksEventStorageEngine engine,
                MessageMonitor<? super EventMessage<?>> monitor,
                EventBusSpanFactory spans) {
            storageEngine(engine);
            messageMonitor(monitor);
            spanFactory(spans);
        }
    }
}
