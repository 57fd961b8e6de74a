package dev.muster.replay;

import java.util.ArrayDeque;

/** How many events a second were folded lately. */
final class Rate {

    private static final long WINDOW_NANOS = 10_000_000_000L;

    private record Sample(long at, long position) {}

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

    synchronized void sample(long position) {
        var now = System.nanoTime();
        samples.add(new Sample(now, position));
        while (samples.size() > 2 && now - samples.getFirst().at > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    synchronized long perSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        var first = samples.getFirst();
        var last = samples.getLast();
        return Math.round((last.position - first.position) * 1e9 / Math.max(1, last.at - first.at));
    }
}
