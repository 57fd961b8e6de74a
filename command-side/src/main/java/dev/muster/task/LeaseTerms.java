package dev.muster.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Until when a holder keeps its task without a sign of life. */
public interface LeaseTerms {

    /** The end of a lease that begins, or begins anew, at {@code now}; none if it is void, as an import's is. */
    @Nullable
    Instant working(Instant now);

    /** The end of a rest (suspended, input required) that begins at {@code now}; none if it is void. */
    @Nullable
    Instant resting(Instant now);

    /** Whether a lease that ends then still has two thirds of its time, so that a sign of life needs no event. */
    boolean isFresh(Instant leaseExpiresAt, Instant now);
}
