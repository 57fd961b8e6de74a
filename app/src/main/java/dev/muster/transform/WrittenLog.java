package dev.muster.transform;

import dev.muster.store.RocksEventStorageEngine;
import java.util.HashMap;

/** A log that was written, read again as it is stored: it must be what was meant, and without gaps. */
final class WrittenLog {

    private WrittenLog() {}

    /**
     * Reads all of it.
     *
     * @throws TransformException if it is not what was written, or an entity's sequence numbers have a gap
     */
    static void check(RocksEventStorageEngine log, LogCopy.Copied copied) {
        var next = new HashMap<String, Long>();
        var digest = new LogDigest();
        try (var events = log.stored(0)) {
            events.forEachOrdered(event -> {
                digest.add(event);
                long expected = next.getOrDefault(event.aggregateId(), 0L);
                if (event.sequence() != expected) {
                    throw new TransformException(event + " should have the sequence number " + expected + ".");
                }
                next.put(event.aggregateId(), expected + 1);
            });
        }
        if (log.head() != copied.written() || !digest.hex().equals(copied.digest())) {
            throw new TransformException("The new log has " + log.head() + " events, and is not what was written: "
                    + copied.written() + " events. Look after the disk.");
        }
    }
}
