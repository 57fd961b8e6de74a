package dev.muster.index;

import dev.muster.history.HistoryRow;
import dev.muster.history.IndexedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What is written for some rows, which follow each other in the log. */
final class Entries {

    /** By which rows are listed. The version of an entity is a key of its own, by which the entity is found too. */
    private static final List<IndexedBy> LISTED = List.of(
            IndexedBy.EVENT,
            IndexedBy.COMMAND,
            IndexedBy.CAUSE,
            IndexedBy.CORRELATION,
            IndexedBy.ACTOR,
            IndexedBy.TYPE);

    private static final byte[] NOTHING = {};
    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private record Value(IndexedBy what, long hash) {}

    /** What is written when all are there, in the order of the keys: next to the one before, a place is found with less searching. */
    private record Entry(byte[] key, byte[] value) {}

    private final WriteBatch batch;
    private final Map<Value, Listing> listings = new HashMap<>();
    private final List<Entry> behindRows = new ArrayList<>();
    private long latest;

    /** @param latest the time of the latest event before these, in milliseconds */
    Entries(WriteBatch batch, long latest) {
        this.batch = batch;
        this.latest = latest;
    }

    void add(HistoryRow row) throws RocksDBException {
        var place = new Place(row.position(), row.part());
        batch.put(Keys.row(place), Rows.write(row));
        behindRows.add(new Entry(Keys.version(row, place), NOTHING));
        for (var what : LISTED) {
            var value = what.of(row);
            if (value != null) {
                list(new Value(what, Keys.hash(value)), place);
            }
        }
        var millis = millis(row.time());
        if (millis > latest) {
            latest = millis;
            behindRows.add(new Entry(Keys.time(millis, row.position()), NOTHING));
        }
    }

    private void list(Value value, Place place) {
        var listing = listings.get(value);
        if (listing != null && !listing.isFull()) {
            listing.add(place);
            return;
        }
        if (listing != null) {
            write(value, listing);
        }
        listings.put(value, new Listing(place));
    }

    private void write(Value value, Listing listing) {
        behindRows.add(new Entry(Keys.value(value.what, value.hash, listing.first()), listing.further()));
    }

    /**
     * To be called when all rows have been added.
     *
     * @return the time of the latest event
     */
    long finish() throws RocksDBException {
        for (var listing : listings.entrySet()) {
            write(listing.getKey(), listing.getValue());
        }
        behindRows.sort((one, other) -> Arrays.compareUnsigned(one.key, other.key));
        for (var entry : behindRows) {
            batch.put(entry.key, entry.value);
        }
        return latest;
    }

    /** What is too far away to be a number of milliseconds is as far away as can be. */
    static long millis(Instant time) {
        return time.isBefore(FIRST) ? Long.MIN_VALUE : time.isAfter(LAST) ? Long.MAX_VALUE : time.toEpochMilli();
    }
}
