package dev.muster.subscription;

import dev.muster.message.Actor;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;

/** Why nothing is delivered to who asks. */
final class DeliveryRefusals {

    private static final String RETRY_AFTER = "retryAfterSeconds";

    private DeliveryRefusals() {}

    static Refusal notYours(SubscriptionId subscription, Actor actor) {
        return new Refusal(new Problem(
                "subscription-not-yours",
                "The subscription belongs to somebody else",
                403,
                "The subscription " + subscription.value() + " is not for " + actor
                        + ". Ask its owner to name you among its consumers, or make one of your own.",
                Map.of("subscriptionId", subscription.value())));
    }

    static Refusal hasWebhook(SubscriptionId subscription) {
        return new Refusal(new Problem(
                "subscription-has-webhook",
                "The server sends these events itself",
                409,
                "The subscription " + subscription.value()
                        + " has a webhook, to which the server sends its events. Make another one to fetch them.",
                Map.of("subscriptionId", subscription.value())));
    }

    static Refusal tooManyWaiting(int max) {
        return new Refusal(new Problem(
                "too-many-waiting",
                "As many members wait as may",
                503,
                "There are " + max
                        + " members waiting for events. Ask again, or raise muster.subscription.max-waiting.",
                Map.of(RETRY_AFTER, 1)));
    }

    static Refusal stopping() {
        return new Refusal(new Problem(
                "server-stopping",
                "The server is about to stop",
                503,
                "The server is about to stop. Ask again when it is back; what was not acknowledged is delivered again.",
                Map.of(RETRY_AFTER, 1)));
    }

    static Refusal closed(SubscriptionId subscription) {
        return new Refusal(new Problem(
                "subscription-closed",
                "The subscription is being closed",
                503,
                "The subscription " + subscription.value() + " is being closed at this moment. Ask again.",
                Map.of(RETRY_AFTER, 1)));
    }

    static Refusal noWebhook(SubscriptionId subscription) {
        return new Refusal(new Problem(
                "webhook-missing",
                "The subscription has no webhook",
                409,
                "The subscription " + subscription.value() + " has no webhook, so nothing is signed.",
                Map.of("subscriptionId", subscription.value())));
    }
}
