package dev.muster.replay;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replay found, with live and new views at one position.
 *
 * @param same whether the digests before and after are the same and each row is as it was written
 * @param before the digest of each live view, by its name
 * @param after the digest of each view that was folded again
 * @param faults rows of the live views that are not as they were written
 * @param summary what there is to say, in a sentence
 */
public record ReplayReport(
        long position,
        boolean same,
        Map<String, String> before,
        Map<String, String> after,
        List<Difference> differences,
        List<Fault> faults,
        String summary) {

    /**
     * A view whose digests differ.
     *
     * @param after the last position at which the recorded digests of both were the same; -1 for the beginning
     * @param upTo the position at which they first differ as recorded, or where both stand now
     * @param keys the views that differ now, in the order of their keys, {@code 100} at most
     * @param first the first position in the span at which the fold changes one of these views; none if it changes none of them
     *     there
     * @param firstKey which one that is
     */
    public record Difference(
            String view,
            long after,
            long upTo,
            List<Key> keys,
            @Nullable Long first,
            @Nullable String firstKey) {}

    /**
     * A view that differs.
     *
     * @param what {@code other}, {@code missing} (it is not among the live ones, but should be) or {@code surplus}
     * @param positions at which the fold changes it in the span, 20 at most
     */
    public record Key(String key, String what, List<Long> positions) {}

    /** A row that is not as it was written; where rows are missing or too many no key can be named. */
    public record Fault(String view, @Nullable String key, String what) {}
}
