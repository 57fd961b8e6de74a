package dev.muster.message;

import java.time.Instant;
import java.util.Random;

/** Instants as they come in messages, and far from them. */
final class Instants {

    private Instants() {}

    /** Of whole seconds, milliseconds, microseconds and nanoseconds by turns, some of years before 0 and after 9999. */
    static Instant any(Random random, int turn) {
        var nanos = random.nextInt(1_000_000_000);
        return Instant.ofEpochSecond(
                random.nextLong(-70_000_000_000L, 300_000_000_000L),
                switch (turn % 4) {
                    case 0 -> 0;
                    case 1 -> nanos / 1_000_000 * 1_000_000;
                    case 2 -> nanos / 1_000 * 1_000;
                    default -> nanos;
                });
    }
}
