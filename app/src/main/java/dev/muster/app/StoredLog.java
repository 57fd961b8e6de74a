package dev.muster.app;

import dev.muster.store.StoredEvent;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log as it is stored, before any upcaster. There is none where the engine hands out nothing but what was upcast. */
public interface StoredLog {

    /**
     * Events from that position up to where the log ends now; to be closed.
     *
     * @param entity only those of this entity, {@code task/t-42}
     */
    Stream<StoredEvent> read(@Nullable String entity, long from);
}
