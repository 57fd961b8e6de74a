package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Reads all that a store has, by its column families, and compares what they say of each other. */
final class LogCheck {

    private LogCheck() {}

    /**
     * The events of a store, in their order, once it is sure that positions and sequence numbers have no gaps, and that the
     * index, the heads and the index by time have an entry for each event that they should, and no other.
     */
    static List<EventRecord> events(Path store, RocksSettings settings) throws RocksDBException {
        var events = new ArrayList<EventRecord>();
        var index = new HashMap<String, Long>();
        var heads = new HashMap<String, StreamHead>();
        var times = new LinkedHashMap<Instant, Long>();
        Instant latest = null;
        try (var folder = new RocksFolder(store, settings)) {
            for (var entry : entries(folder, folder.events)) {
                assertThat(Keys.position(entry.key())).isEqualTo(events.size());
                var event = EventRecord.decode(events.size(), entry.value());
                var before = heads.getOrDefault(event.aggregateId(), StreamHead.EMPTY);
                assertThat(event.sequence()).as(event.aggregateId()).isEqualTo(before.lastSequence() + 1);
                heads.put(event.aggregateId(), new StreamHead(event.type(), event.sequence()));
                index.put(hex(Keys.index(event.aggregateId(), event.sequence())), (long) events.size());
                if (latest == null || event.time().isAfter(latest)) {
                    latest = event.time();
                    times.put(latest, (long) events.size());
                }
                events.add(event);
            }
            assertThat(read(folder, folder.index, LogCheck::hex, Keys::position))
                    .isEqualTo(index);
            assertThat(read(folder, folder.heads, String::new, StreamHead::decode))
                    .isEqualTo(heads);
            assertThat(read(folder, folder.times, Keys::time, Keys::position)).isEqualTo(times);
        }
        return events;
    }

    private record Entry(byte[] key, byte[] value) {}

    private static List<Entry> entries(RocksFolder folder, ColumnFamilyHandle family) throws RocksDBException {
        var entries = new ArrayList<Entry>();
        try (RocksIterator each = folder.db.newIterator(family)) {
            for (each.seekToFirst(); each.isValid(); each.next()) {
                entries.add(new Entry(each.key(), each.value()));
            }
            each.status();
        }
        return entries;
    }

    private interface Read<T> {
        T read(byte[] bytes);
    }

    private static <K, V> Map<K, V> read(RocksFolder folder, ColumnFamilyHandle family, Read<K> key, Read<V> value)
            throws RocksDBException {
        var read = new HashMap<K, V>();
        for (var entry : entries(folder, family)) {
            read.put(key.read(entry.key()), value.read(entry.value()));
        }
        return read;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
