package dev.muster.task;

import dev.muster.message.MetaKeys;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/** Leases of a fixed length; void while an import replays what happened elsewhere, where nobody extended any. */
public final class CommandLeaseTerms implements LeaseTerms {

    private final Duration lease;
    private final Duration rest;

    /**
     * @param lease how long a holder may be silent while it is to work
     * @param rest how long a task may rest, suspended or waiting for input
     */
    public CommandLeaseTerms(Duration lease, Duration rest) {
        this.lease = lease;
        this.rest = rest;
    }

    @Override
    public @Nullable Instant working(Instant now) {
        return imported() ? null : now.plus(lease);
    }

    @Override
    public @Nullable Instant resting(Instant now) {
        return imported() ? null : now.plus(rest);
    }

    @Override
    public boolean isFresh(Instant leaseExpiresAt, Instant now) {
        return Duration.between(now, leaseExpiresAt)
                        .compareTo(lease.multipliedBy(2).dividedBy(3))
                > 0;
    }

    private static boolean imported() {
        return CurrentUnitOfWork.isStarted()
                && Boolean.TRUE.equals(CurrentUnitOfWork.get()
                        .root()
                        .getMessage()
                        .getMetaData()
                        .get(MetaKeys.IMPORTED));
    }
}
