package dev.muster.cli;

import java.util.Arrays;

/** Durations of many requests, in nanoseconds. Not thread-safe: each client has its own, and they are joined. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int size;

    void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = duration;
    }

    void addAll(Latencies other) {
        for (int i = 0; i < other.size; i++) {
            add(other.nanos[i]);
        }
    }

    int size() {
        return size;
    }

    /** The duration in milliseconds that this share of the requests did not exceed; 1.0 gives the longest. */
    double millis(double share) {
        if (size == 0) {
            return 0;
        }
        var sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        var index = (int) Math.ceil(share * size) - 1;
        return sorted[Math.max(0, index)] / 1_000_000.0;
    }
}
