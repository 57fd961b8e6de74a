package dev.muster.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Until when a holder holds its task if it stays silent; none if the lease is void. */
public record LeaseTerm(@Nullable Instant leaseExpiresAt) {}
