package dev.muster.subscription;

import dev.muster.message.Actor;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;

/** Why something asked of a subscription is refused. */
final class SubscriptionRefusals {

    private SubscriptionRefusals() {}

    static Refusal exists(SubscriptionId subscription) {
        return refusal(
                "subscription-exists",
                "There is such a subscription already",
                409,
                "There is, or was, a subscription " + subscription.value()
                        + ". Change it with ChangeSubscription, or choose another identifier.",
                subscription);
    }

    static Refusal deleted(SubscriptionId subscription) {
        return refusal(
                "subscription-deleted",
                "The subscription was deleted",
                409,
                "The subscription " + subscription.value() + " was deleted, for good. Make another one.",
                subscription);
    }

    static Refusal notOwner(SubscriptionId subscription, String owner, Actor actor) {
        return refusal(
                "subscription-not-yours",
                "The subscription belongs to somebody else",
                403,
                "The subscription " + subscription.value() + " belongs to " + owner + ", not to " + actor
                        + ". Ask its owner or an operator, or make one of your own.",
                subscription);
    }

    static Refusal webhookNotAllowed(SubscriptionId subscription, Actor actor) {
        return refusal(
                "webhook-not-allowed",
                "Webhooks are for operators",
                403,
                "The server calls a webhook in its own name, so only an operator may say where it is, which " + actor
                        + " is not. Leave it out and fetch the deliveries, or ask an operator.",
                subscription);
    }

    static Refusal noWebhook(SubscriptionId subscription) {
        return refusal(
                "webhook-missing",
                "The subscription has no webhook",
                409,
                "The subscription " + subscription.value() + " has no webhook that could be given another secret.",
                subscription);
    }

    static Refusal behind(SubscriptionId subscription, long recorded, long position) {
        return refusal(
                "subscription-behind",
                "The subscription is further already",
                409,
                "The subscription " + subscription.value() + " is at position " + recorded + " already, and not at "
                        + position + ". Open it again.",
                subscription);
    }

    static Refusal notParked(SubscriptionId subscription, String delivery) {
        return refusal(
                "delivery-not-parked",
                "The delivery is not parked",
                409,
                "The delivery " + delivery + " of subscription " + subscription.value()
                        + " is not parked. GetSubscription tells what is.",
                subscription);
    }

    static Refusal tooManyParked(SubscriptionId subscription) {
        return refusal(
                "too-many-parked",
                "As many deliveries are parked as may be",
                409,
                "The subscription " + subscription.value() + " has " + SubscriptionCommand.MAX_PARKED
                        + " parked deliveries. Retry or discard some of them.",
                subscription);
    }

    private static Refusal refusal(String code, String title, int status, String detail, SubscriptionId subscription) {
        return new Refusal(new Problem(code, title, status, detail, Map.of("subscriptionId", subscription.value())));
    }
}
