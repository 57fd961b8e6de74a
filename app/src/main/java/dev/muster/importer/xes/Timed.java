package dev.muster.importer.xes;

import java.time.Instant;
import java.util.Comparator;

/**
 * Something that is to be put into an order of time.
 *
 * @param order decides among those of one time; no two have the same
 */
record Timed(Instant at, long order, byte[] content) {

    static final Comparator<Timed> BY_TIME = Comparator.comparing(Timed::at).thenComparingLong(Timed::order);

    /** What it takes in memory beside its content: objects, headers, its place in a list. */
    private static final int OVERHEAD = 96;

    long bytes() {
        return OVERHEAD + content.length;
    }
}
