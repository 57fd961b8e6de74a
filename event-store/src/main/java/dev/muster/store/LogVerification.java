package dev.muster.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;

/**
 * Reads everything in a log and changes nothing in it: every event with its checksum, whether positions and sequence numbers
 * have no gap, whether the index by aggregate, the ends of the streams and the index by time say the same as the events, the
 * snapshots, and the checksum of every block of every file. It has the folder for itself while it is open.
 */
public final class LogVerification implements AutoCloseable {

    private static final int STREAMS_KEPT = 50_000;
    private static final int EVENTS_TO_A_STEP = 1_000;

    private final FolderLock lock;
    private final List<AbstractNativeReference> open = new ArrayList<>();
    private final Map<String, ColumnFamilyHandle> families = new LinkedHashMap<>();
    private final Path folder;
    private final RocksDB db;
    private final long events;
    private final Map<String, StreamHead> heads = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StreamHead> eldest) {
            return size() > STREAMS_KEPT;
        }
    };

    /**
     * A log in which everything fits.
     *
     * @param bytes of its files, without what is in the write-ahead log alone
     */
    public record Verified(UUID identity, long events, long entities, long snapshots, long bytes) {}

    private LogVerification(Path folder, FolderLock lock) throws RocksDBException {
        this.folder = folder;
        this.lock = lock;
        var family = keep(new ColumnFamilyOptions());
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        try (var options = new Options()) {
            RocksDB.listColumnFamilies(options, folder.toString())
                    .forEach(name -> descriptors.add(new ColumnFamilyDescriptor(name, family)));
        }
        var acknowledged = AcknowledgedHead.read(folder);
        // Where it is known how far the log went, what comes after may be in pieces.
        var recovery =
                acknowledged < 0 ? WALRecoveryMode.TolerateCorruptedTailRecords : WALRecoveryMode.PointInTimeRecovery;
        var handles = new ArrayList<ColumnFamilyHandle>();
        db = keep(RocksDB.openReadOnly(
                keep(RocksFolder.options().setWalRecoveryMode(recovery)), folder.toString(), descriptors, handles));
        for (int i = 0; i < handles.size(); i++) {
            families.put(new String(descriptors.get(i).getName(), StandardCharsets.UTF_8), keep(handles.get(i)));
        }
        try (var all = db.newIterator(family("events"))) {
            all.seekToLast();
            all.status();
            events = all.isValid() ? Keys.position(all.key()) + 1 : 0;
        }
        if (acknowledged > events) {
            release();
            throw new DamagedLogException(
                    acknowledged + " events were acknowledged, but the log ends before position " + events + ".",
                    "",
                    events,
                    null);
        }
    }

    /**
     * Opens the log in that folder.
     *
     * @throws StoreUnavailableException if there is none, or another process has it; the message names that
     * @throws DamagedLogException if its files are such that it can't be opened
     */
    public static LogVerification open(Path folder) {
        RocksDB.loadLibrary();
        if (!Files.exists(folder.resolve("CURRENT"))) {
            throw new StoreUnavailableException(
                    "There is no log in " + folder + ".", "Name the home that has one.", null);
        }
        var lock = FolderLock.take(folder);
        try {
            return new LogVerification(folder, lock);
        } catch (RocksDBException e) {
            lock.close();
            throw new DamagedLogException("The log can't be opened: " + DamagedTable.told(e, folder), "", -1, e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private <T extends AbstractNativeReference> T keep(T reference) {
        open.add(reference);
        return reference;
    }

    private ColumnFamilyHandle family(String name) {
        var family = families.get(name);
        if (family == null) {
            throw new DamagedLogException("The log has no part named " + name + ".", "", -1, null);
        }
        return family;
    }

    /** How many events there are to be read. */
    public long events() {
        return events;
    }

    /**
     * Reads it all.
     *
     * @param progress is told now and then how many events were read
     * @throws DamagedLogException of the first damage
     */
    public Verified run(LongConsumer progress) {
        var identity = identity();
        checkEvents(progress);
        var entities = checkIndex();
        var snapshots = checkSnapshots();
        try {
            db.verifyChecksum();
        } catch (RocksDBException e) {
            throw new DamagedLogException("A file is damaged: " + DamagedTable.told(e, folder), "", events, e);
        }
        var bytes = db.getLiveFilesMetaData().stream()
                .mapToLong(file -> file.size())
                .sum();
        return new Verified(identity, events, entities, snapshots, bytes);
    }

    private UUID identity() {
        try {
            var stored = db.get(family("default"), "identity".getBytes(StandardCharsets.US_ASCII));
            return UUID.fromString(stored == null ? "" : new String(stored, StandardCharsets.US_ASCII));
        } catch (RocksDBException e) {
            throw new DamagedLogException("The log has no identity: " + DamagedTable.told(e, folder), "", events, e);
        } catch (IllegalArgumentException e) {
            throw new DamagedLogException("The log has no identity: " + e.getMessage(), "", events, e);
        }
    }

    /** Each event against its own checksum, its place, and what the indexes say of it. */
    private void checkEvents(LongConsumer progress) {
        var expected = 0L;
        try (var options = toReadOnce();
                var all = db.newIterator(family("events"), options);
                var times = new Times(families.get("times"))) {
            for (all.seekToFirst(); all.isValid(); all.next(), expected++) {
                if (Keys.position(all.key()) != expected) {
                    throw damage(expected, "is missing: the next one is at position " + Keys.position(all.key()));
                }
                var record = EventRecord.decode(expected, all.value());
                checkPlace(expected, record);
                times.check(expected, record.time());
                if (expected % EVENTS_TO_A_STEP == 0) {
                    progress.accept(expected);
                }
            }
            all.status();
            times.checkEnd(expected);
            progress.accept(expected);
        } catch (DamagedRecordException e) {
            throw new DamagedLogException(
                    "The event at position " + expected + " is damaged: " + e.fault() + ".",
                    fileOf(expected),
                    expected,
                    e);
        } catch (RocksDBException e) {
            throw new DamagedLogException(
                    "The event at position " + expected + " can't be read: " + DamagedTable.told(e, folder),
                    "",
                    expected,
                    e);
        }
    }

    private static ReadOptions toReadOnce() {
        return new ReadOptions().setVerifyChecksums(true).setFillCache(false).setReadaheadSize(2 << 20);
    }

    private void checkPlace(long position, EventRecord record) throws RocksDBException {
        var id = record.aggregateId();
        var place = db.get(family("index"), Keys.index(id, record.sequence()));
        if (place == null || place.length != Long.BYTES || Keys.position(place) != position) {
            throw damage(
                    position,
                    "is " + record.sequence() + " of " + id + ", but the index by aggregate "
                            + (place == null ? "lacks it" : "has another position there"));
        }
        var head = heads.get(id);
        if (head == null) {
            head = StreamHead.decode(db.get(family("heads"), Keys.stream(id)));
            heads.put(id, head);
        }
        if (record.sequence() > head.lastSequence() || !Objects.equals(head.type(), record.type())) {
            throw damage(
                    position,
                    "is " + record.sequence() + " of " + id + " (" + record.type()
                            + "), but the end of that stream is noted at " + head.lastSequence() + " (" + head.type()
                            + ")");
        }
    }

    private DamagedLogException damage(long position, String fault) {
        return new DamagedLogException(
                "The event at position " + position + " " + fault + ".", fileOf(position), position, null);
    }

    /** Where an event is; more than one file if it can't be told, and the write-ahead log if it is in no other. */
    private String fileOf(long position) {
        var key = Keys.position(position);
        var names = db.getLiveFilesMetaData().stream()
                .filter(file -> Arrays.equals(file.columnFamilyName(), "events".getBytes(StandardCharsets.US_ASCII)))
                .filter(file -> Arrays.compareUnsigned(file.smallestKey(), key) <= 0
                        && Arrays.compareUnsigned(key, file.largestKey()) <= 0)
                .map(file -> file.fileName().replaceFirst("^/", ""))
                .collect(Collectors.joining(" or "));
        return names.isEmpty() ? "the write-ahead log" : names;
    }

    /** The index by time beside the events: its next entry is the next event that is later than every one before it. */
    private final class Times implements AutoCloseable {

        private final @Nullable RocksIterator entries;
        private @Nullable Instant latest;

        /** @param family null in a store that has no such index yet */
        Times(@Nullable ColumnFamilyHandle family) {
            entries = family == null ? null : db.newIterator(family);
            if (entries != null) {
                entries.seekToFirst();
            }
        }

        void check(long position, Instant time) throws RocksDBException {
            if (entries == null || latest != null && !time.isAfter(latest)) {
                return;
            }
            latest = time;
            if (!entries.isValid()
                    || !Keys.time(entries.key()).equals(time)
                    || Keys.position(entries.value()) != position) {
                entries.status();
                throw damage(position, "is the first at " + time + ", but the index by time says otherwise");
            }
            entries.next();
        }

        void checkEnd(long end) throws RocksDBException {
            if (entries != null) {
                entries.status();
                if (entries.isValid()) {
                    throw new DamagedLogException(
                            "The index by time has " + Keys.time(entries.key()) + ", which is the time of no event.",
                            "",
                            end,
                            null);
                }
            }
        }

        @Override
        public void close() {
            if (entries != null) {
                entries.close();
            }
        }
    }

    /** Each entry of the index against its neighbour, and each end of a stream; gives how many streams there are. */
    private long checkIndex() {
        var entries = 0L;
        var streams = 0L;
        try (var options = toReadOnce();
                var all = db.newIterator(family("index"), options)) {
            Optional<Keys.Entry> before = Optional.empty();
            for (all.seekToFirst(); all.isValid(); all.next(), entries++) {
                var entry = Keys.index(all.key());
                var follows = before.filter(last -> last.aggregateId().equals(entry.aggregateId()));
                if (follows.isEmpty()) {
                    checkEnd(before);
                    streams++;
                }
                if (entry.sequence() != follows.map(last -> last.sequence() + 1).orElse(0L)) {
                    throw damage(
                            "The stream " + entry.aggregateId() + " has a gap before its event " + entry.sequence());
                }
                before = Optional.of(entry);
            }
            all.status();
            checkEnd(before);
        } catch (RocksDBException e) {
            throw new DamagedLogException(
                    "The index by aggregate can't be read: " + DamagedTable.told(e, folder), "", events, e);
        }
        if (entries != events) {
            throw damage("The index by aggregate has " + entries + " entries for " + events + " events");
        }
        if (count("heads") != streams) {
            throw damage("The ends of " + count("heads") + " streams are noted, but there are " + streams);
        }
        return streams;
    }

    private void checkEnd(Optional<Keys.Entry> last) throws RocksDBException {
        if (last.isPresent()) {
            var id = last.get().aggregateId();
            var head = StreamHead.decode(db.get(family("heads"), Keys.stream(id)));
            if (head.lastSequence() != last.get().sequence()) {
                throw damage("The stream " + id + " ends with " + last.get().sequence() + ", but its end is noted at "
                        + head.lastSequence());
            }
        }
    }

    private DamagedLogException damage(String fault) {
        return new DamagedLogException(fault + ".", "", events, null);
    }

    private long count(String name) {
        return readAll(name, (key, value) -> {});
    }

    private long checkSnapshots() {
        return readAll("snapshots", (key, value) -> {
            var id = new String(key, StandardCharsets.UTF_8);
            try {
                var snapshot = EventRecord.decode(-1, value);
                var head = StreamHead.decode(db.get(family("heads"), key));
                if (!snapshot.aggregateId().equals(id) || snapshot.sequence() > head.lastSequence()) {
                    throw damage("The snapshot of " + id + " is of " + snapshot.sequence() + " of "
                            + snapshot.aggregateId() + ", which the log doesn't have");
                }
            } catch (DamagedRecordException e) {
                throw damage("The snapshot of " + id + " is damaged: " + e.fault());
            }
        });
    }

    private interface Entry {
        void accept(byte[] key, byte[] value) throws RocksDBException;
    }

    private long readAll(String name, Entry entry) {
        var read = 0L;
        try (var options = toReadOnce();
                var all = db.newIterator(family(name), options)) {
            for (all.seekToFirst(); all.isValid(); all.next(), read++) {
                entry.accept(all.key(), all.value());
            }
            all.status();
            return read;
        } catch (RocksDBException e) {
            throw new DamagedLogException(
                    "The part " + name + " can't be read: " + DamagedTable.told(e, folder), "", events, e);
        }
    }

    @Override
    public void close() {
        release();
        lock.close();
    }

    private void release() {
        for (int i = open.size(); i-- > 0; ) {
            open.get(i).close();
        }
    }
}
