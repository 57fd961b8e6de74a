package dev.muster.app;

import dev.muster.history.LogSource;
import dev.muster.store.RocksEventStorageEngine;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** The log of the embedded engine. */
final class EmbeddedLog implements LogSource {

    private final RocksEventStorageEngine engine;

    EmbeddedLog(RocksEventStorageEngine engine) {
        this.engine = engine;
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
        return engine.readEvents(token, false);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
        return engine.readEvents(null, false)
                .filter(event -> event instanceof DomainEventMessage<?> domain
                        && domain.getAggregateIdentifier().equals(entity));
    }

    @Override
    public long head() {
        return engine.head();
    }

    @Override
    public long positionAsOf(Instant moment) {
        var first = engine.readEvents(null, false)
                .filter(event -> event.getTimestamp().isAfter(moment))
                .findFirst();
        return first.flatMap(event ->
                        event.trackingToken().position().stream().boxed().findFirst())
                .map(position -> position - 1)
                .orElseGet(() -> head() - 1);
    }
}
