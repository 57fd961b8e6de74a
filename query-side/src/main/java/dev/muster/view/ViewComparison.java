package dev.muster.view;

import dev.muster.hash.CanonicalJson;
import dev.muster.hash.MultisetHash;
import dev.muster.view.Sql.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares live views with what they should be. Nobody may be writing meanwhile. */
public final class ViewComparison {

    /** How many keys of a view are named at most. */
    public static final int MOST = 100;

    private static final int ROWS_AT_A_TIME = 500;

    private final Jdbc jdbc;
    private final JdbcViewStores live;

    ViewComparison(Jdbc jdbc, JdbcViewStores live) {
        this.jdbc = jdbc;
        this.live = live;
    }

    /**
     * A view that is another one in two generations.
     *
     * @param live whether it is in the live one
     * @param again whether it is in the one that was folded again
     */
    public record Different(String key, boolean live, boolean again) {}

    /**
     * A row that is not as it was written.
     *
     * @param key whose; none where rows are missing or too many, which says no key
     */
    public record Fault(String view, @Nullable String key, String what) {}

    /**
     * Between which marks two generations parted.
     *
     * @param after at which they had the same digest
     * @param upTo at which they had not, or had been folded no further
     */
    public record Span(long after, long upTo) {}

    /** The keys under which the generations differ, in their order, {@link #MOST} at most. */
    public List<Different> differences(BesideStores beside, String view) {
        return jdbc.query(
                live.store(view).sql().differences(sqlOf(beside, view), MOST),
                row -> new Different(row.getString(1), row.getBoolean(2), row.getBoolean(3)));
    }

    @SuppressWarnings("unchecked")
    private static <V> Sql<V> sqlOf(BesideStores beside, String view) {
        return (Sql<V>) beside.all().stream()
                .filter(store -> store.definition().name().equals(view))
                .findFirst()
                .orElseThrow()
                .sql();
    }

    private record Mark(long position, boolean same) {}

    /**
     * By the digests that were recorded of both.
     *
     * @param begin where the one that was folded again began
     * @param end where both stand now
     */
    public Span span(BesideStores beside, String view, long begin, long end) {
        var marks = jdbc.query(
                new Part(
                        "SELECT a.position, a.digest = b.digest FROM view_marks a JOIN view_marks b"
                                + " ON a.name = b.name AND a.position = b.position"
                                + " WHERE a.name = ? AND a.generation = ? AND b.generation = ? ORDER BY a.position",
                        List.of(view, live.store(view).sql().generation, beside.generation())),
                row -> new Mark(row.getLong(1), row.getBoolean(2)));
        var after = begin;
        for (var mark : marks) {
            if (!mark.same) {
                return new Span(after, mark.position);
            }
            after = mark.position;
        }
        return new Span(after, end);
    }

    /** The rows of a live view that do not fit their hashes, and whether all of them fit the digest. */
    public List<Fault> faults(String view) {
        return faults(live.store(view));
    }

    private record Row<V>(String key, @Nullable V view, byte[] hash) {}

    private <V> List<Fault> faults(JdbcViewStore<V> store) {
        var name = store.definition().name();
        var faults = new ArrayList<Fault>();
        var sum = new MultisetHash();
        var after = "";
        while (true) {
            var rows = jdbc.query(
                    store.sql().rows(after, ROWS_AT_A_TIME),
                    row -> new Row<>(row.getString(1), readable(store, row.getString(2)), row.getBytes(3)));
            for (var row : rows) {
                sum.add(row.hash);
                if (row.view == null) {
                    faults.add(new Fault(name, row.key, "can't be read"));
                } else if (!Arrays.equals(row.hash, CanonicalJson.hash(row.key, row.view))) {
                    faults.add(new Fault(name, row.key, "was altered after it was written"));
                }
                after = row.key;
            }
            if (rows.size() < ROWS_AT_A_TIME || faults.size() >= MOST) {
                break;
            }
        }
        store.digest.forget();
        if (faults.size() < MOST && !sum.equals(store.digest.now())) {
            faults.add(new Fault(name, null, "has rows that were added, removed or given another hash"));
        }
        return faults;
    }

    private static <V> @Nullable V readable(JdbcViewStore<V> store, String doc) {
        try {
            return store.read(doc);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
