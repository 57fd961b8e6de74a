package dev.muster.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as a reader sees it.
 *
 * @param owner who made it
 * @param position up to which everything was acknowledged, parked or discarded
 * @param acknowledged what was acknowledged beyond that
 * @param paused why nothing is delivered for now; absent while there is delivery
 * @param pausedSince since when it is paused
 * @param parked what was delivered as often as it may be
 * @param retried what was parked and is to be delivered again
 * @param advancedAt when it was last recorded how far it is
 * @param version the version of the subscription, for {@code If-Match}
 */
public record SubscriptionView(
        SubscriptionId subscriptionId,
        String owner,
        SubscriptionTerms terms,
        long position,
        List<Span> acknowledged,
        @Nullable String paused,
        @Nullable Instant pausedSince,
        List<Parked> parked,
        Set<String> retried,
        Instant createdAt,
        Instant changedAt,
        @Nullable Instant advancedAt,
        long version) {

    /** What is parked, and since when. */
    public record Parked(ParkedDelivery delivery, Instant at) {}
}
