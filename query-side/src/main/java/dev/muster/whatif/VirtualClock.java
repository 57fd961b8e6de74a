package dev.muster.whatif;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved, and never goes back. Not thread-safe. */
public final class VirtualClock extends Clock {

    private Instant now;

    VirtualClock(Instant start) {
        now = start;
    }

    void moveTo(Instant moment) {
        if (moment.isAfter(now)) {
            now = moment;
        }
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("A virtual clock knows UTC only.");
    }
}
