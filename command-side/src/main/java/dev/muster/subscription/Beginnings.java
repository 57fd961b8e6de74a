package dev.muster.subscription;

import java.time.Instant;

/** Where in the log a subscription may begin. */
public interface Beginnings {

    /** The position of the last event; -1 if there is none. */
    long head();

    /** The position up to which no event is later than that; -1 if the first one is. */
    long asOf(Instant moment);
}
