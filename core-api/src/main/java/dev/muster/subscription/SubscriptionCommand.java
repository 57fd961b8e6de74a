package dev.muster.subscription;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.EntityId;
import dev.muster.message.InvalidField;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a subscription. */
public sealed interface SubscriptionCommand {

    /** After which an event is delivered again, if nobody says. */
    Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(30);
    /** How often an event is delivered before it is parked, if nobody says. */
    int TRIES = 5;
    /** How many deliveries of a subscription may be parked; then nothing more is delivered until some are not. */
    int MAX_PARKED = 500;

    SubscriptionId subscriptionId();

    /** Makes a subscription, which belongs to who makes it. */
    @Description("Have events delivered to a group of consumers, each until it is acknowledged")
    record CreateSubscription(
            @Description("The identifier it is to have; made by the server if left out") @TargetAggregateIdentifier
            SubscriptionId subscriptionId,

            @Description("What it is for, for people") @Nullable
            String title,

            @Description("Which events are delivered; every one if left out") @Nullable
            SubscriptionFilter filter,

            @Description("Where it begins: head for what is yet to come, tail for the whole log, a time as in"
                    + " 2026-01-31T12:00:00Z for what came later, or the position of the last event before it; head if"
                    + " left out")
            @Nullable
            String from,

            @Description(
                    "After which an event that was not acknowledged is delivered again: PT0.1S to PT24H, PT30S if left"
                            + " out")
            @Nullable
            Duration acknowledgeWithin,

            @Description("How often an event is delivered before it is parked: 1 to 100, 5 if left out") @Nullable
            Integer tries,

            @Description("The agents that may take deliveries, besides who makes it") @Nullable
            Set<String> consumers,

            @Description("The address that the server is to send events to; for operators. Without it they are fetched")
            @Nullable
            String webhook)
            implements SubscriptionCommand {
        public CreateSubscription {
            Check.optionalText("title", title, 200);
            Check.optionalText("from", from, 64);
            checkTerms(acknowledgeWithin, tries, webhook);
            consumers = agents(consumers);
        }
    }

    /** Changes what is delivered and how; what is left out stays. What was delivered already is not changed by it. */
    @Description("Change a subscription; what is left out stays as it is")
    record ChangeSubscription(
            @TargetAggregateIdentifier SubscriptionId subscriptionId,

            @Description("What it is for, for people") @Nullable
            String title,

            @Description("Which events are delivered, of those that come after what was delivered so far") @Nullable
            SubscriptionFilter filter,

            @Description("After which an event that was not acknowledged is delivered again: PT0.1S to PT24H") @Nullable
            Duration acknowledgeWithin,

            @Description("How often an event is delivered before it is parked: 1 to 100") @Nullable
            Integer tries,

            @Description("The agents that may take deliveries, besides who made it") @Nullable
            Set<String> consumers,

            @Description("The address that the server is to send events to; for operators") @Nullable
            String webhook,

            @Description("Whether the webhook gets another secret; for operators") @Nullable
            Boolean newSecret)
            implements SubscriptionCommand {
        public ChangeSubscription {
            Check.optionalText("title", title, 200);
            checkTerms(acknowledgeWithin, tries, webhook);
            consumers = consumers == null ? null : agents(consumers);
        }
    }

    /** Ends a subscription for good. */
    @Description("End a subscription for good; nothing of it is delivered any more")
    record DeleteSubscription(@TargetAggregateIdentifier SubscriptionId subscriptionId)
            implements SubscriptionCommand {}

    /** Delivers what is parked again, from its first try. */
    @RequiresRole(Role.OPERATOR)
    @Description("Deliver again what was parked, before the later events of its entity that are not delivered yet")
    record RetryParked(
            @TargetAggregateIdentifier SubscriptionId subscriptionId,

            @Description("The delivery; everything that is parked if left out") @Nullable
            String deliveryId)
            implements SubscriptionCommand {
        public RetryParked {
            checkDelivery(deliveryId);
        }
    }

    /** Gives up what is parked. */
    @RequiresRole(Role.OPERATOR)
    @Description("Give up what was parked: it is not delivered again")
    record DiscardParked(
            @TargetAggregateIdentifier SubscriptionId subscriptionId,

            @Description("The delivery; everything that is parked if left out") @Nullable
            String deliveryId)
            implements SubscriptionCommand {
        public DiscardParked {
            checkDelivery(deliveryId);
        }
    }

    /** Records how far a subscription is; what it names was acknowledged, or need not be any more. */
    @RequiresRole(Role.SYSTEM)
    @Description("Record how far a subscription is")
    record AdvanceSubscription(
            @TargetAggregateIdentifier SubscriptionId subscriptionId,
            long position,
            List<Span> acknowledged,
            Set<String> settled,
            @Nullable String paused)
            implements SubscriptionCommand {}

    /** Parks what was delivered as often as it may be. */
    @RequiresRole(Role.SYSTEM)
    @Description("Park a delivery that failed as often as it may")
    record ParkDelivery(@TargetAggregateIdentifier SubscriptionId subscriptionId, ParkedDelivery delivery)
            implements SubscriptionCommand {}

    /** Answers with {@link SubscriptionProgress}, as the log has it now, and leaves no event. */
    @RequiresRole(Role.SYSTEM)
    @Description("Learn what has to be delivered")
    record OpenSubscription(@TargetAggregateIdentifier SubscriptionId subscriptionId) implements SubscriptionCommand {}

    private static void checkTerms(
            @Nullable Duration acknowledgeWithin, @Nullable Integer tries, @Nullable String webhook) {
        if (acknowledgeWithin != null
                && (acknowledgeWithin.compareTo(Duration.ofMillis(100)) < 0
                        || acknowledgeWithin.compareTo(Duration.ofHours(24)) > 0)) {
            throw new InvalidField("acknowledgeWithin", "must be from PT0.1S to PT24H, but is " + acknowledgeWithin);
        }
        if (tries != null) {
            Check.range("tries", tries, 1, 100);
        }
        if (webhook != null) {
            Webhook.checkUrl("webhook", webhook);
        }
    }

    private static Set<String> agents(@Nullable Set<String> consumers) {
        var agents = Check.names("consumers", consumers, 64, EntityId.MAX_LENGTH);
        agents.forEach(agent -> EntityId.check("consumers", agent));
        return agents;
    }

    private static void checkDelivery(@Nullable String deliveryId) {
        if (deliveryId != null) {
            DeliveryId.parse("deliveryId", deliveryId);
        }
    }
}
