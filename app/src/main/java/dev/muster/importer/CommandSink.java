package dev.muster.importer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where an import sends its commands, one after another. */
public interface CommandSink {

    /**
     * How a command comes about.
     *
     * @param at when it happened
     * @param actor who sent it
     * @param inferred whether the record does not say it, but presupposes it
     * @param source where the record says it: a file and a line
     * @param onBehalfOf for whom the system sent it; null where an actor did it by itself
     * @param causedBy the place in the record of what led to it, if the record says what did: the source of an earlier command
     */
    record Circumstances(
            Instant at,
            String actor,
            boolean inferred,
            String source,
            @Nullable String onBehalfOf,
            @Nullable String causedBy) {

        public Circumstances(Instant at, String actor, boolean inferred, String source, @Nullable String onBehalfOf) {
            this(at, actor, inferred, source, onBehalfOf, null);
        }

        public Circumstances(Instant at, String actor, boolean inferred, String source) {
            this(at, actor, inferred, source, null, null);
        }
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @throws dev.muster.message.Refusal if it is refused
     */
    @Nullable
    Object send(Object command, Circumstances circumstances);
}
