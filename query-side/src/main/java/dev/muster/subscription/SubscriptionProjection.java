package dev.muster.subscription;

import dev.muster.subscription.SubscriptionEvent.DeliveryDiscarded;
import dev.muster.subscription.SubscriptionEvent.DeliveryParked;
import dev.muster.subscription.SubscriptionEvent.DeliveryRetried;
import dev.muster.subscription.SubscriptionEvent.SubscriptionAdvanced;
import dev.muster.subscription.SubscriptionEvent.SubscriptionChanged;
import dev.muster.subscription.SubscriptionEvent.SubscriptionCreated;
import dev.muster.subscription.SubscriptionEvent.SubscriptionDeleted;
import dev.muster.view.ViewStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

/** Folds what happened to subscriptions. A deleted one is there no more. */
@ProcessingGroup("subscriptions")
public final class SubscriptionProjection {

    private final ViewStore<SubscriptionRow> subscriptions;

    public SubscriptionProjection(ViewStore<SubscriptionRow> subscriptions) {
        this.subscriptions = subscriptions;
    }

    @EventHandler
    void on(SubscriptionCreated event, @Timestamp Instant at, @SequenceNumber long version) {
        subscriptions.put(new SubscriptionRow(new SubscriptionView(
                event.subscriptionId(),
                event.owner(),
                event.terms(),
                event.position(),
                List.of(),
                null,
                null,
                List.of(),
                Set.of(),
                at,
                at,
                null,
                version)));
    }

    @EventHandler
    void on(SubscriptionChanged event, @Timestamp Instant at, @SequenceNumber long version) {
        update(event, row -> row.changed(event.terms(), at, version));
    }

    @EventHandler
    void on(SubscriptionDeleted event) {
        subscriptions.remove(event.subscriptionId().value());
    }

    @EventHandler
    void on(SubscriptionAdvanced event, @Timestamp Instant at, @SequenceNumber long version) {
        update(event, row -> row.advanced(event, at, version));
    }

    @EventHandler
    void on(DeliveryParked event, @Timestamp Instant at, @SequenceNumber long version) {
        update(event, row -> row.parked(event.delivery(), at, version));
    }

    @EventHandler
    void on(DeliveryRetried event, @SequenceNumber long version) {
        update(event, row -> row.retried(event.deliveryId(), version));
    }

    @EventHandler
    void on(DeliveryDiscarded event, @SequenceNumber long version) {
        update(event, row -> row.discarded(event.deliveryId(), version));
    }

    private void update(SubscriptionEvent event, UnaryOperator<SubscriptionRow> change) {
        subscriptions.update(event.subscriptionId().value(), change);
    }
}
