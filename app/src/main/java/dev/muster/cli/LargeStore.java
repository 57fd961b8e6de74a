package dev.muster.cli;

import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes a store large: what a relay left behind in it is appended again and again, each copy with tasks and events of its own, as
 * that many relays would have left it, only faster.
 */
final class LargeStore {

    private static final String TASK = "task/";
    private static final int AT_ONCE = 500;

    private LargeStore() {}

    /** Appends copies of all events of tasks until the log in that folder has so many events. */
    static void grow(Path home, long events) {
        try (var engine = LogFolder.open(home)) {
            List<StoredEvent> original;
            try (var stored = engine.stored(0)) {
                original = stored.filter(event -> event.aggregateId().startsWith(TASK))
                        .toList();
            }
            for (var copy = 1; engine.head() < events; copy++) {
                append(engine, original, "-" + Integer.toString(copy, 36), events);
            }
        }
    }

    private static void append(RocksEventStorageEngine engine, List<StoredEvent> original, String suffix, long events) {
        var group = new ArrayList<StoredEvent>(AT_ONCE);
        for (var event : original) {
            group.add(copy(event, suffix));
            if (group.size() == AT_ONCE) {
                engine.appendStored(group);
                group.clear();
                if (engine.head() >= events) {
                    return;
                }
            }
        }
        engine.appendStored(group);
    }

    private static StoredEvent copy(StoredEvent event, String suffix) {
        var task = event.aggregateId().substring(TASK.length());
        var id = UUID.nameUUIDFromBytes((event.eventId() + suffix).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new StoredEvent(
                event.position(),
                id,
                event.time(),
                event.aggregateType(),
                event.aggregateId() + suffix,
                event.sequence(),
                event.payloadType(),
                event.revision(),
                renamed(event.payload(), task, suffix),
                renamed(event.metaData(), task, suffix));
    }

    private static byte[] renamed(byte[] json, String task, String suffix) {
        return new String(json, StandardCharsets.UTF_8)
                .replace(task + "\"", task + suffix + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }
}
