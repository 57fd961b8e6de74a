package dev.muster.app;

import java.time.Duration;

/**
 * When a checkpoint is worth what it costs, asked every few seconds. One is due when the log is at rest, when a minute has
 * passed, or when many events have come; but the time that it takes, which grows with what is kept, is never more than a
 * twentieth of all time. So what a start folds after a crash is bounded by the rate of a minute. Not thread-safe.
 */
final class CheckpointPace {

    /** After how many events one is due at once. */
    static final long EVENTS = 100_000;

    /** How long the log may grow without one. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** Between two there are so many times as long as the last one took. */
    static final int REST = 20;

    private long seen = -1;
    private long began;
    private long restUntil;

    /** @param now in nanoseconds, of a clock that only goes forward */
    CheckpointPace(long now) {
        began = now;
        restUntil = now;
    }

    /**
     * @param head how many events there are
     * @param kept how many of them are in the last checkpoint
     */
    boolean isDue(long head, long kept, long now) {
        var atRest = head == seen;
        seen = head;
        return head > kept
                && now - restUntil >= 0
                && (atRest || head - kept > EVENTS || now - began >= LONGEST.toNanos());
    }

    /** One was made, or was tried. */
    void made(long from, long to) {
        began = from;
        restUntil = to + REST * (to - from);
    }
}
