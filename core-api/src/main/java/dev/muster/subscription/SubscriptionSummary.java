package dev.muster.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription in a list.
 *
 * @param parked how many deliveries are parked
 * @param webhook where its events are sent to, if the server sends them
 */
public record SubscriptionSummary(
        SubscriptionId subscriptionId,
        @Nullable String title,
        String owner,
        long position,
        int parked,
        @Nullable String paused,
        @Nullable String webhook,
        Instant createdAt,
        long version) {}
