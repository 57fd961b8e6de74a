package dev.muster.store;

import dev.muster.progress.ProgressBar;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where in the log a moment lies. Times of events needn't rise with their positions, since histories are imported; so the
 * index holds their running maximum: an entry (time, position) for each event that is later than every event before it. Both
 * its times and its positions rise strictly, which makes each question one seek.
 */
final class TimeIndex {

    /** How many events are read between two writes while the index is made. */
    private static final int READ_AT_ONCE = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(TimeIndex.class);

    private final RocksDB db;
    private final ColumnFamilyHandle times;

    TimeIndex(RocksDB db, ColumnFamilyHandle times) {
        this.db = db;
        this.times = times;
    }

    /** An entry: an event later than every one before it, and where it stands. */
    record Entry(Instant time, long position) {}

    /** The last entry, which has the latest time of all events. */
    @Nullable
    Entry last() throws RocksDBException {
        try (var entries = db.newIterator(times)) {
            entries.seekToLast();
            return entry(entries);
        }
    }

    /** The position of the first event that is not earlier than that, if there is one. */
    @Nullable
    Long firstFrom(Instant time) throws RocksDBException {
        return first(Keys.time(time));
    }

    /** The position of the first event that is later than that, if there is one. */
    @Nullable
    Long firstAfter(Instant time) throws RocksDBException {
        return first(Keys.justAfter(time));
    }

    private @Nullable Long first(byte[] key) throws RocksDBException {
        try (var entries = db.newIterator(times)) {
            entries.seek(key);
            var found = entry(entries);
            return found == null ? null : found.position();
        }
    }

    private static @Nullable Entry entry(RocksIterator entries) throws RocksDBException {
        if (!entries.isValid()) {
            entries.status();
            return null;
        }
        return new Entry(Keys.time(entries.key()), Keys.position(entries.value()));
    }

    /** Adds an event to the batch that writes it, if it is later than the latest before it; gives the latest then. */
    Instant add(WriteBatch batch, @Nullable Instant latest, Instant time, byte[] position) throws RocksDBException {
        if (latest != null && !time.isAfter(latest)) {
            return latest;
        }
        batch.put(times, Keys.time(time), position);
        return time;
    }

    /**
     * Makes the index from the events, or goes on where an earlier process ended while it did: entries are written in the
     * order of the log, so those that are there end at some event, and the others follow from the events after it. A damaged
     * record has no entry; whoever reads it is told.
     */
    void make(ColumnFamilyHandle events) throws RocksDBException {
        var last = last();
        var latest = last == null ? null : last.time();
        var read = 0L;
        var all = end(events);
        var bar = ProgressBar.orLog("Making the index by time", all, LOG::info);
        try (var records = db.newIterator(events);
                var batch = new WriteBatch();
                var options = new WriteOptions()) {
            for (records.seek(Keys.position(last == null ? 0 : last.position())); records.isValid(); records.next()) {
                var key = records.key();
                try {
                    latest = add(
                            batch,
                            latest,
                            EventRecord.decode(Keys.position(key), records.value())
                                    .time(),
                            key);
                } catch (DamagedRecordException e) {
                    LOG.warn("The index by time leaves out an event. {}", e.getMessage());
                }
                if (++read % READ_AT_ONCE == 0) {
                    db.write(options, batch);
                    batch.clear();
                    bar.show(Keys.position(key) + 1);
                }
            }
            records.status();
            db.write(options, batch);
        }
        bar.show(all);
    }

    private long end(ColumnFamilyHandle events) throws RocksDBException {
        try (var last = db.newIterator(events)) {
            last.seekToLast();
            last.status();
            return last.isValid() ? Keys.position(last.key()) + 1 : 0;
        }
    }
}
