package dev.muster.subscription;

import dev.muster.subscription.SubscriptionEvent.SubscriptionAdvanced;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A subscription as it is kept. */
@View
public record SubscriptionRow(SubscriptionView view) {

    /** By the plain identifier. */
    public static final ViewDefinition<SubscriptionRow> DEFINITION = ViewDefinition.of(
                    "subscription", 1, SubscriptionRow.class, SubscriptionRow::key)
            .text("owner", row -> row.view.owner())
            .flag("webhook", row -> row.view.terms().webhook() != null)
            .flag("parked", row -> !row.view.parked().isEmpty())
            .flag("paused", row -> row.view.paused() != null)
            .names("reader", SubscriptionRow::readers);

    private String key() {
        return view.subscriptionId().value();
    }

    /** Who may read it, besides operators. */
    public Set<String> readers() {
        var readers = new TreeSet<>(view.terms().consumers());
        readers.add(view.owner());
        return readers;
    }

    SubscriptionRow changed(SubscriptionTerms terms, Instant at, long version) {
        return new SubscriptionRow(new SubscriptionView(
                view.subscriptionId(),
                view.owner(),
                terms,
                view.position(),
                view.acknowledged(),
                view.paused(),
                view.pausedSince(),
                view.parked(),
                view.retried(),
                view.createdAt(),
                at,
                view.advancedAt(),
                version));
    }

    SubscriptionRow advanced(SubscriptionAdvanced event, Instant at, long version) {
        var retried = new TreeSet<>(view.retried());
        retried.removeAll(event.settled());
        return new SubscriptionRow(new SubscriptionView(
                view.subscriptionId(),
                view.owner(),
                view.terms(),
                event.position(),
                event.acknowledged(),
                event.paused(),
                pausedSince(event, at),
                view.parked(),
                retried,
                view.createdAt(),
                view.changedAt(),
                at,
                version));
    }

    private @Nullable Instant pausedSince(SubscriptionAdvanced event, Instant at) {
        if (event.paused() == null) {
            return null;
        }
        return view.pausedSince() == null ? at : view.pausedSince();
    }

    SubscriptionRow parked(ParkedDelivery delivery, Instant at, long version) {
        return withParked(
                parked -> {
                    var more = new ArrayList<>(parked);
                    more.add(new SubscriptionView.Parked(delivery, at));
                    return more;
                },
                retried -> without(retried, delivery.deliveryId()),
                version);
    }

    SubscriptionRow retried(String delivery, long version) {
        return withParked(
                parked -> withoutParked(parked, delivery),
                retried -> {
                    var more = new TreeSet<>(retried);
                    more.add(delivery);
                    return more;
                },
                version);
    }

    SubscriptionRow discarded(String delivery, long version) {
        return withParked(parked -> withoutParked(parked, delivery), retried -> retried, version);
    }

    private static Set<String> without(Set<String> retried, String delivery) {
        var fewer = new TreeSet<>(retried);
        fewer.remove(delivery);
        return fewer;
    }

    private static List<SubscriptionView.Parked> withoutParked(List<SubscriptionView.Parked> parked, String delivery) {
        return parked.stream()
                .filter(each -> !each.delivery().deliveryId().equals(delivery))
                .toList();
    }

    private SubscriptionRow withParked(
            UnaryOperator<List<SubscriptionView.Parked>> parked, UnaryOperator<Set<String>> retried, long version) {
        return new SubscriptionRow(new SubscriptionView(
                view.subscriptionId(),
                view.owner(),
                view.terms(),
                view.position(),
                view.acknowledged(),
                view.paused(),
                view.pausedSince(),
                parked.apply(view.parked()),
                retried.apply(view.retried()),
                view.createdAt(),
                view.changedAt(),
                view.advancedAt(),
                version));
    }
}
