package dev.muster.history;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the index. Immutable.
 *
 * @param wanted all of which they must have
 * @param from the position of the first that may be found
 * @param upTo the position of the last that may be found
 */
public record IndexSearch(Map<IndexedBy, String> wanted, long from, long upTo) {

    private static final IndexSearch ALL = new IndexSearch(Map.of(), 0, Long.MAX_VALUE);

    public IndexSearch {
        wanted = Map.copyOf(wanted);
    }

    /** Every event. */
    public static IndexSearch all() {
        return ALL;
    }

    /** Only those that have that value; without a value, no condition. */
    public IndexSearch where(IndexedBy what, @Nullable String value) {
        if (value == null) {
            return this;
        }
        var more = new EnumMap<IndexedBy, String>(IndexedBy.class);
        more.putAll(wanted);
        more.put(what, value);
        return new IndexSearch(more, from, upTo);
    }

    /** Only those from that position on. */
    public IndexSearch from(long position) {
        return new IndexSearch(wanted, Math.max(from, position), upTo);
    }

    /** Only those up to that position. */
    public IndexSearch upTo(long position) {
        return new IndexSearch(wanted, from, Math.min(upTo, position));
    }

    /** That of the conditions which the fewest events fit, as far as can be told; nothing if there is none. */
    public Optional<IndexedBy> narrowest() {
        return wanted.keySet().stream().min(IndexedBy::compareTo);
    }

    public boolean matches(HistoryRow row) {
        return row.position() >= from
                && row.position() <= upTo
                && wanted.entrySet().stream().allMatch(entry -> entry.getValue()
                        .equals(entry.getKey().of(row)));
    }
}
