package dev.muster.subscription;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is delivered, to whom, and how long and how often it is tried.
 *
 * @param acknowledgeWithin after which an event that was not acknowledged is delivered again
 * @param tries how often an event is delivered before it is parked
 * @param consumers the agents that may take deliveries, besides the owner
 */
public record SubscriptionTerms(
        @Nullable String title,
        SubscriptionFilter filter,
        Duration acknowledgeWithin,
        int tries,
        Set<String> consumers,
        @Nullable Webhook webhook) {}
