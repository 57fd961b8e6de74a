package dev.muster.index;

import dev.muster.history.HistoryRow;
import dev.muster.history.IndexedBy;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the keys of the index are. All begin with a byte that says what they are of:
 *
 * <ul>
 *   <li>what is noted about the index itself, by a name;
 *   <li>rows, by their place;
 *   <li>the places of the events that have something in common, by a hash of 8 bytes and the first of them, with the further ones as value;
 *   <li>the places of an entity's events, by a hash of the entity, the version, and the place;
 *   <li>events that are later than all before them, by their time in milliseconds, and the position.
 * </ul>
 *
 * Two values of one hash are told apart by the rows. A place is a position and, but for a first part, the number of the part.
 */
final class Keys {

    private static final int NOTE = 0;
    private static final int ROW = 1;
    private static final int TIME = 2;
    private static final int FIRST_OF_VALUES = 16;

    /** How many bytes a key has before the place, or before the version of an entity. */
    static final int PREFIX = 9;

    /** What there is of each event; another text means that all keys are others. */
    static final String FORM = "1 " + Arrays.toString(IndexedBy.values());

    private Keys() {}

    static byte[] note(String name) {
        return new ByteWriter().write(NOTE).text(name).toBytes();
    }

    static byte[] row(Place place) {
        return place(new ByteWriter().write(ROW), place).toBytes();
    }

    static byte[] rows() {
        return new byte[] {ROW};
    }

    static byte[] value(IndexedBy what, long hash, Place first) {
        return place(prefix(what, hash), first).toBytes();
    }

    static byte[] version(HistoryRow row, Place place) {
        var entity = prefix(IndexedBy.ENTITY, hash(row.entity()));
        return place(entity.ordered(row.sequence()), place).toBytes();
    }

    static byte[] time(long millis, long position) {
        return new ByteWriter()
                .write(TIME)
                .fixed(millis ^ Long.MIN_VALUE)
                .ordered(position)
                .toBytes();
    }

    static byte[] times() {
        return new byte[] {TIME};
    }

    static byte[] behindTimes() {
        return new byte[] {TIME + 1};
    }

    static long millisOf(byte[] time) {
        return new ByteReader(time, 1).fixed() ^ Long.MIN_VALUE;
    }

    static long positionOf(byte[] time) {
        return new ByteReader(time, PREFIX).ordered();
    }

    /** What the keys begin with by which events are found that have that value; nothing if none can have it. */
    static Optional<byte[]> prefix(IndexedBy what, String value) {
        if (what != IndexedBy.VERSION) {
            return Optional.of(prefix(what, hash(value)).toBytes());
        }
        var at = value.lastIndexOf('@');
        try {
            var version = at < 0 ? -1 : Long.parseLong(value.substring(at + 1));
            return version < 0
                    ? Optional.empty()
                    : Optional.of(prefix(IndexedBy.ENTITY, hash(value.substring(0, at)))
                            .ordered(version)
                            .toBytes());
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static ByteWriter prefix(IndexedBy what, long hash) {
        return new ByteWriter().write(FIRST_OF_VALUES + what.ordinal()).fixed(hash);
    }

    static ByteWriter place(ByteWriter key, Place place) {
        key.ordered(place.position());
        return place.part() == 1 ? key : key.ordered(place.part());
    }

    static Place place(ByteReader key) {
        var position = key.ordered();
        return new Place(position, key.hasMore() ? (int) key.ordered() : 1);
    }

    /** Each character counts, and each bit of it in all 64. */
    static long hash(String text) {
        var hash = (long) text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
