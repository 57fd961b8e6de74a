package dev.muster.task;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Leases of {@link #LEASE} and rests of {@link #REST}; void if the test says so. */
public final class FakeTerms implements LeaseTerms {

    public static final Duration LEASE = Duration.ofMinutes(3);
    public static final Duration REST = Duration.ofHours(24);

    private boolean isVoid;

    void beVoid() {
        isVoid = true;
    }

    @Override
    public @Nullable Instant working(Instant now) {
        return isVoid ? null : now.plus(LEASE);
    }

    @Override
    public @Nullable Instant resting(Instant now) {
        return isVoid ? null : now.plus(REST);
    }

    @Override
    public boolean isFresh(Instant leaseExpiresAt, Instant now) {
        return Duration.between(now, leaseExpiresAt).compareTo(Duration.ofMinutes(2)) > 0;
    }
}
