package dev.muster.subscription;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What whoever delivers has to know of a subscription.
 *
 * @param owner who made it
 * @param position up to which everything was acknowledged, parked or discarded
 * @param acknowledged what was acknowledged beyond that
 * @param passedOver what was parked beyond that, whatever became of it
 * @param parked how many are parked
 * @param retried what was parked and is to be delivered again
 * @param paused why nothing was delivered when that was recorded last
 */
public record SubscriptionProgress(
        String owner,
        SubscriptionTerms terms,
        long position,
        List<Span> acknowledged,
        Set<String> passedOver,
        int parked,
        Set<String> retried,
        @Nullable String paused) {}
