package dev.muster.command;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that never hands out an instant earlier than one it has handed out, nor earlier than one it was told: where the
 * wall clock is set back, it stands still until that has caught up. Thread-safe.
 */
public final class MonotonicClock extends Clock {

    private final Clock wall;
    private final AtomicReference<Instant> latest;

    /**
     * @param wall the clock to follow
     * @param notBefore the earliest instant to hand out: that of the last event of the log
     */
    public MonotonicClock(Clock wall, Instant notBefore) {
        this.wall = wall;
        this.latest = new AtomicReference<>(notBefore);
    }

    @Override
    public Instant instant() {
        return latest.accumulateAndGet(wall.instant(), (before, now) -> now.isAfter(before) ? now : before);
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MonotonicClock(wall.withZone(zone), latest.get());
    }
}
