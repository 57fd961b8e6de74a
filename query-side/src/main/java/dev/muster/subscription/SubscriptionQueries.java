package dev.muster.subscription;

import dev.muster.message.Actor;
import dev.muster.message.MetaKeys;
import dev.muster.message.Page;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.message.Role;
import dev.muster.subscription.SubscriptionQuery.FindSubscriptions;
import dev.muster.subscription.SubscriptionQuery.GetSubscription;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.util.Map;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers what can be asked about subscriptions: operators about all, an agent about those that it made or may take deliveries
 * of.
 */
public final class SubscriptionQueries {

    private final ViewStore<SubscriptionRow> subscriptions;

    public SubscriptionQueries(ViewStore<SubscriptionRow> subscriptions) {
        this.subscriptions = subscriptions;
    }

    @QueryHandler
    public SubscriptionView handle(GetSubscription query, @MetaDataValue(MetaKeys.ACTOR) @Nullable String asker) {
        var actor = Actor.of(asker);
        var row = subscriptions.get(query.subscriptionId().value()).orElseThrow(() -> notFound(query.subscriptionId()));
        if (!actor.has(Role.AUDITOR) && !row.readers().contains(actor.name())) {
            throw notYours(row.view(), actor);
        }
        return row.view();
    }

    @QueryHandler
    public Page<SubscriptionSummary> handle(
            FindSubscriptions query, @MetaDataValue(MetaKeys.ACTOR) @Nullable String asker) {
        var actor = Actor.of(asker);
        var page = subscriptions.find(
                Selection.all()
                        .where("owner", query.owner())
                        .where("parked", query.parked())
                        .where("paused", query.paused())
                        .having("reader", actor.has(Role.AUDITOR) ? null : actor.name()),
                query.limit(),
                query.cursor());
        return new Page<>(page.items().stream().map(row -> summary(row.view())).toList(), page.next());
    }

    private static SubscriptionSummary summary(SubscriptionView view) {
        var webhook = view.terms().webhook();
        return new SubscriptionSummary(
                view.subscriptionId(),
                view.terms().title(),
                view.owner(),
                view.position(),
                view.parked().size(),
                view.paused(),
                webhook == null ? null : webhook.url(),
                view.createdAt(),
                view.version());
    }

    private static Refusal notYours(SubscriptionView view, Actor actor) {
        return new Refusal(new Problem(
                "subscription-not-yours",
                "The subscription belongs to somebody else",
                403,
                "The subscription " + view.subscriptionId().value() + " belongs to " + view.owner() + " and is not for "
                        + actor + ". Ask its owner or an operator, or make one of your own.",
                Map.of("subscriptionId", view.subscriptionId().value())));
    }

    private static Refusal notFound(SubscriptionId subscription) {
        return new Refusal(new Problem(
                "subscription-not-found",
                "There is no such subscription",
                404,
                "There is no subscription " + subscription.value()
                        + ". Make it with CreateSubscription, or correct the identifier.",
                Map.of("subscriptionId", subscription.value())));
    }
}
