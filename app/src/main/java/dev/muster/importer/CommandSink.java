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
     * @param cause where the record says it: a file and a line
     * @param onBehalfOf for whom the system sent it; null where an actor did it by itself
     */
    record Circumstances(
            Instant at,
            String actor,
            boolean inferred,
            String cause,
            @Nullable String onBehalfOf) {

        public Circumstances(Instant at, String actor, boolean inferred, String cause) {
            this(at, actor, inferred, cause, null);
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
