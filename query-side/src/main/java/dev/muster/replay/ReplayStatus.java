package dev.muster.replay;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a replay is.
 *
 * @param position of the last event that it has folded; -1 before the first
 * @param target where the live views stand, which it goes to
 * @param eventsPerSecond how fast it has been lately
 * @param secondsLeft how long it will take at that speed; none if nobody can say
 * @param error what it stumbles over at the moment; it tries again by itself
 */
public record ReplayStatus(
        String id,
        State state,
        boolean verify,
        Set<String> views,
        @Nullable Long from,
        long position,
        long target,
        long eventsPerSecond,
        @Nullable Long secondsLeft,
        @Nullable String error,
        @Nullable ReplayReport report) {

    /** What a replay is at. */
    public enum State {
        PREPARING,
        FOLDING,
        DONE,
        FAILED,
        CANCELLED;

        public boolean isOver() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
