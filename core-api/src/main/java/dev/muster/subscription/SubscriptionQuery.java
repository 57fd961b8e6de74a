package dev.muster.subscription;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.OfEntity;
import dev.muster.message.Page;
import org.jspecify.annotations.Nullable;

/** What can be asked about subscriptions. An agent is told of those that it made or may take deliveries of. */
public sealed interface SubscriptionQuery {

    @Description("One subscription: what it delivers, how far it is, and what is parked")
    record GetSubscription(@OfEntity SubscriptionId subscriptionId) implements SubscriptionQuery {
        public GetSubscription {
            Check.required("subscriptionId", subscriptionId);
        }
    }

    @Description("The subscriptions, by identifier")
    record FindSubscriptions(
            @Description("Only those that this actor made") @Nullable
            String owner,

            @Description("Only those with something parked, or without") @Nullable
            Boolean parked,

            @Description("Only those that are paused, or are not") @Nullable
            Boolean paused,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements SubscriptionQuery {
        public FindSubscriptions {
            limit = Page.limit(limit);
        }
    }
}
