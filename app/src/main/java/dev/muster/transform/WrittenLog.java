package dev.muster.transform;

import dev.muster.store.RocksEventStorageEngine;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A log that was written, read again as it is stored: it must be what was meant, and without gaps. */
final class WrittenLog {

    private final Map<String, Long> last = new HashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();

    private WrittenLog() {}

    /**
     * Reads all of it.
     *
     * @throws TransformException if it is not what was written, or an entity's sequence numbers have a gap
     */
    static WrittenLog check(RocksEventStorageEngine log, LogCopy.Copied copied) {
        var written = new WrittenLog();
        var digest = new LogDigest();
        try (var events = log.stored(0)) {
            events.forEachOrdered(event -> {
                digest.add(event);
                var expected = written.last.getOrDefault(event.aggregateId(), -1L) + 1;
                if (event.sequence() != expected) {
                    throw new TransformException(event + " should have the sequence number " + expected + ".");
                }
                written.last.put(event.aggregateId(), expected);
                if (event.aggregateType() != null) {
                    written.types.putIfAbsent(event.aggregateId(), event.aggregateType());
                }
            });
        }
        if (log.head() != copied.written() || !digest.hex().equals(copied.digest())) {
            throw new TransformException("The new log has " + log.head() + " events, and is not what was written: "
                    + copied.written() + " events. Look after the disk.");
        }
        return written;
    }

    /** The type of each entity, by its identifier: {@code task/t-42}, {@code task}. */
    Map<String, String> types() {
        return types;
    }

    /** The sequence number of the last event of an entity. */
    long last(String entity) {
        return last.get(entity);
    }
}
