package dev.muster.history;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Which log this is and how far it goes, whatever keeps it. */
public interface LogOrigin {

    UUID identity();

    /** How many events it has. */
    long head();

    /** The identifier of the event at that position. */
    Optional<String> eventIdAt(long position);

    /** Whether this is the log of that mark: it has that identity, and that event at that position. */
    default boolean has(LogMark mark) {
        return identity().equals(mark.log()) && eventIdAt(mark.position()).equals(Optional.of(mark.event()));
    }

    /** The time of the last event; the beginning of time if there is none. */
    Instant lastTime();
}
