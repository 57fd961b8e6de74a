package dev.muster.subscription;

import dev.muster.message.MessageNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a subscription. They are delivered to no subscription, which would never come to an end, and left out of
 * the log that clients read unless they are asked for.
 */
public sealed interface SubscriptionEvent {

    SubscriptionId subscriptionId();

    /** The stored names of all of them. */
    static Set<String> names() {
        return MessageNames.below(SubscriptionEvent.class).stream()
                .map(MessageNames::nameOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param position after which it begins; -1 for the whole log */
    @Revision("1")
    record SubscriptionCreated(SubscriptionId subscriptionId, String owner, long position, SubscriptionTerms terms)
            implements SubscriptionEvent {}

    /** @param terms all of them, whether changed or not */
    @Revision("1")
    record SubscriptionChanged(SubscriptionId subscriptionId, SubscriptionTerms terms) implements SubscriptionEvent {}

    @Revision("1")
    record SubscriptionDeleted(SubscriptionId subscriptionId) implements SubscriptionEvent {}

    /**
     * So far everything is acknowledged, parked or discarded. At most one a second.
     *
     * @param position up to which there is nothing left to do but what is parked or retried
     * @param acknowledged what was acknowledged beyond that
     * @param settled what had been parked, was retried and is acknowledged now
     * @param paused why nothing is delivered for now; absent while there is delivery
     */
    @Revision("1")
    record SubscriptionAdvanced(
            SubscriptionId subscriptionId,
            long position,
            List<Span> acknowledged,
            Set<String> settled,
            @Nullable String paused)
            implements SubscriptionEvent {}

    @Revision("1")
    record DeliveryParked(SubscriptionId subscriptionId, ParkedDelivery delivery) implements SubscriptionEvent {}

    @Revision("1")
    record DeliveryRetried(SubscriptionId subscriptionId, String deliveryId) implements SubscriptionEvent {}

    @Revision("1")
    record DeliveryDiscarded(SubscriptionId subscriptionId, String deliveryId) implements SubscriptionEvent {}
}
