package dev.muster.app;

import dev.muster.history.LogSource;
import dev.muster.store.RocksEventStorageEngine;
import java.time.Instant;
import java.util.stream.Stream;
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
        return engine.readEntity(entity);
    }

    @Override
    public long head() {
        return engine.head();
    }

    @Override
    public long positionAsOf(Instant moment) {
        return engine.positionAsOf(moment);
    }
}
