package dev.muster.importer.xes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as the log has it.
 *
 * @param source where: a file and a line
 * @param at when; null if it has no time that can be read
 * @param instance which occurrence of the activity, where the log tells
 * @param lifecycle the transition, as it is written
 */
record XesEvent(
        String source,
        @Nullable Instant at,
        @Nullable String activity,
        @Nullable String instance,
        @Nullable String lifecycle,
        @Nullable String resource) {

    Transition transition() {
        return Transition.of(lifecycle);
    }
}
