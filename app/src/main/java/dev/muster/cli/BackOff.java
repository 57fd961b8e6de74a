package dev.muster.cli;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * How a client with {@code If-Match} behaves that does not stand in its own way: the first refusal names the version, so it
 * tries again at once; who is refused with that version too has met others, and waits a random time before the next two tries. How
 * long at most is told by how long a try takes just then, and grows by four each time. Not thread-safe.
 */
final class BackOff {

    /** What a wait is at most. */
    static final long LONGEST_NANOS = 1_000_000_000;

    private static final int GREATEST_FACTOR = 256;

    private int refusals;

    void accepted() {
        refusals = 0;
    }

    /**
     * Waits, if there is something to wait for.
     *
     * @param nanos how long the refused try took
     */
    void refused(long nanos) {
        var longest = longestWait(++refusals, nanos);
        if (longest > 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
        }
    }

    /** How long it waits at most after so many refusals in a row, in tries: 0, 4, 0, 16, 0, 64 … 256. */
    static long longestWait(int refusals, long nanos) {
        var factor = refusals % 2 == 1 ? 0 : Math.min(GREATEST_FACTOR, 1 << Math.min(30, refusals / 2 * 2));
        return Math.min(LONGEST_NANOS, factor * nanos);
    }
}
