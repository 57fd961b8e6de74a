package dev.muster.subscription;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.muster.message.Actor;
import dev.muster.message.InvalidField;
import dev.muster.message.Objection;
import dev.muster.subscription.SubscriptionCommand.AdvanceSubscription;
import dev.muster.subscription.SubscriptionCommand.ChangeSubscription;
import dev.muster.subscription.SubscriptionCommand.CreateSubscription;
import dev.muster.subscription.SubscriptionCommand.DeleteSubscription;
import dev.muster.subscription.SubscriptionCommand.DiscardParked;
import dev.muster.subscription.SubscriptionCommand.OpenSubscription;
import dev.muster.subscription.SubscriptionCommand.ParkDelivery;
import dev.muster.subscription.SubscriptionCommand.RetryParked;
import dev.muster.subscription.SubscriptionEvent.DeliveryDiscarded;
import dev.muster.subscription.SubscriptionEvent.DeliveryParked;
import dev.muster.subscription.SubscriptionEvent.DeliveryRetried;
import dev.muster.subscription.SubscriptionEvent.SubscriptionAdvanced;
import dev.muster.subscription.SubscriptionEvent.SubscriptionChanged;
import dev.muster.subscription.SubscriptionEvent.SubscriptionCreated;
import dev.muster.subscription.SubscriptionEvent.SubscriptionDeleted;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One subscription: whose it is, on what terms it delivers, how far it is, and what is parked. */
@Revision("1")
@Aggregate(type = "subscription")
public class Subscription {

    @AggregateIdentifier
    private @Nullable SubscriptionId id;

    private @Nullable String owner;
    private @Nullable SubscriptionTerms terms;
    private boolean deleted;

    /** Up to which there is nothing left to do but what is parked or retried. */
    private long position;

    private List<Span> acknowledged = List.of();
    private @Nullable String paused;

    /** The deliveries that are parked; and those that were and are to be delivered again. */
    private Set<String> parked = new LinkedHashSet<>();

    private Set<String> retried = new LinkedHashSet<>();

    /** What was parked beyond the position, whatever became of it: it is delivered only if it is retried. */
    private Set<String> passedOver = new LinkedHashSet<>();

    /** For Axon. */
    protected Subscription() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(CreateSubscription command, Actor actor, Beginnings beginnings) {
        if (id != null) {
            throw SubscriptionRefusals.exists(id);
        }
        if (command.webhook() != null && !actor.isOperator()) {
            throw SubscriptionRefusals.webhookNotAllowed(command.subscriptionId(), actor);
        }
        apply(new SubscriptionCreated(
                command.subscriptionId(),
                actor.name(),
                begin(command.from(), beginnings),
                new SubscriptionTerms(
                        command.title(),
                        or(command.filter(), SubscriptionFilter.ALL),
                        or(command.acknowledgeWithin(), SubscriptionCommand.ACKNOWLEDGE_WITHIN),
                        or(command.tries(), SubscriptionCommand.TRIES),
                        Objects.requireNonNull(command.consumers()),
                        command.webhook() == null ? null : new Webhook(command.webhook(), 1))));
    }

    private static long begin(@Nullable String from, Beginnings beginnings) {
        if (from == null || from.equals("head")) {
            return beginnings.head();
        }
        if (from.equals("tail")) {
            return -1;
        }
        try {
            return from.matches("-?\\d{1,18}")
                    ? Math.max(-1, Math.min(Long.parseLong(from), beginnings.head()))
                    : beginnings.asOf(Instant.parse(from));
        } catch (DateTimeException e) {
            throw new InvalidField("from", "must be head, tail, a time or a position, but is " + from);
        }
    }

    @CommandHandler
    void handle(ChangeSubscription command, Actor actor) {
        mustBeOf(actor);
        var now = terms();
        var webhook = now.webhook();
        var another = Boolean.TRUE.equals(command.newSecret());
        if ((command.webhook() != null || another) && !actor.isOperator()) {
            throw SubscriptionRefusals.webhookNotAllowed(id(), actor);
        }
        if (another && webhook == null) {
            throw SubscriptionRefusals.noWebhook(id());
        }
        if (command.webhook() != null) {
            webhook = new Webhook(command.webhook(), webhook == null ? 1 : webhook.secret());
        }
        if (another && webhook != null) {
            webhook = new Webhook(webhook.url(), webhook.secret() + 1);
        }
        var changed = new SubscriptionTerms(
                command.title() == null ? now.title() : command.title(),
                or(command.filter(), now.filter()),
                or(command.acknowledgeWithin(), now.acknowledgeWithin()),
                or(command.tries(), now.tries()),
                or(command.consumers(), now.consumers()),
                webhook);
        if (!changed.equals(now)) {
            apply(new SubscriptionChanged(id(), changed));
        }
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    @CommandHandler
    void handle(DeleteSubscription command, Actor actor) {
        mustBeOf(actor);
        apply(new SubscriptionDeleted(id()));
    }

    @CommandHandler
    void handle(RetryParked command) {
        mustBeThere();
        named(command.deliveryId()).forEach(delivery -> apply(new DeliveryRetried(id(), delivery)));
    }

    @CommandHandler
    void handle(DiscardParked command) {
        mustBeThere();
        named(command.deliveryId()).forEach(delivery -> apply(new DeliveryDiscarded(id(), delivery)));
    }

    private List<String> named(@Nullable String delivery) {
        if (delivery == null) {
            return List.copyOf(parked);
        }
        if (!parked.contains(delivery)) {
            throw SubscriptionRefusals.notParked(id(), delivery);
        }
        return List.of(delivery);
    }

    @CommandHandler
    void handle(AdvanceSubscription command) {
        mustBeThere();
        if (command.position() < position) {
            throw SubscriptionRefusals.behind(id(), position, command.position());
        }
        if (command.position() > position
                || !command.acknowledged().equals(acknowledged)
                || !command.settled().isEmpty()
                || !Objects.equals(command.paused(), paused)) {
            apply(new SubscriptionAdvanced(
                    id(), command.position(), command.acknowledged(), command.settled(), command.paused()));
        }
    }

    @CommandHandler
    void handle(ParkDelivery command) {
        mustBeThere();
        if (parked.contains(command.delivery().deliveryId())) {
            return;
        }
        if (parked.size() >= SubscriptionCommand.MAX_PARKED) {
            throw SubscriptionRefusals.tooManyParked(id());
        }
        apply(new DeliveryParked(id(), command.delivery()));
    }

    @CommandHandler
    SubscriptionProgress handle(OpenSubscription command) {
        mustBeThere();
        return new SubscriptionProgress(
                Objects.requireNonNull(owner),
                terms(),
                position,
                acknowledged,
                Set.copyOf(passedOver),
                parked.size(),
                Set.copyOf(retried),
                paused);
    }

    private void mustBeThere() {
        if (deleted) {
            throw SubscriptionRefusals.deleted(id());
        }
    }

    private void mustBeOf(Actor actor) {
        mustBeThere();
        if (!actor.isOperator() && !actor.name().equals(owner)) {
            throw SubscriptionRefusals.notOwner(id(), Objects.requireNonNull(owner), actor);
        }
    }

    private SubscriptionId id() {
        return Objects.requireNonNull(id);
    }

    private SubscriptionTerms terms() {
        return Objects.requireNonNull(terms);
    }

    @Objection
    @Nullable
    String objection(SubscriptionEvent event) {
        if (id == null) {
            return event instanceof SubscriptionCreated ? null : "it was never made";
        }
        if (event instanceof SubscriptionCreated) {
            return "it was made before";
        }
        if (deleted) {
            return "it was deleted";
        }
        if (event instanceof SubscriptionAdvanced advanced && advanced.position() < position) {
            return "it was further already, at position " + position;
        }
        if (event instanceof DeliveryParked delivery
                && parked.contains(delivery.delivery().deliveryId())) {
            return "the delivery was parked before";
        }
        return leftParked(event)
                .filter(delivery -> !parked.contains(delivery))
                .map(delivery -> "the delivery " + delivery + " was not parked")
                .orElse(null);
    }

    private static Optional<String> leftParked(SubscriptionEvent event) {
        if (event instanceof DeliveryRetried again) {
            return Optional.of(again.deliveryId());
        }
        return event instanceof DeliveryDiscarded gone ? Optional.of(gone.deliveryId()) : Optional.empty();
    }

    @EventSourcingHandler
    void on(SubscriptionCreated event) {
        id = event.subscriptionId();
        owner = event.owner();
        terms = event.terms();
        position = event.position();
    }

    @EventSourcingHandler
    void on(SubscriptionChanged event) {
        terms = event.terms();
    }

    @EventSourcingHandler
    void on(SubscriptionDeleted event) {
        deleted = true;
        acknowledged = List.of();
        parked.clear();
        retried.clear();
        passedOver.clear();
    }

    @EventSourcingHandler
    void on(SubscriptionAdvanced event) {
        position = event.position();
        acknowledged = event.acknowledged();
        paused = event.paused();
        retried.removeAll(event.settled());
        passedOver.removeIf(delivery -> !isBeyond(delivery));
    }

    @EventSourcingHandler
    void on(DeliveryParked event) {
        var delivery = event.delivery().deliveryId();
        parked.add(delivery);
        retried.remove(delivery);
        if (isBeyond(delivery)) {
            passedOver.add(delivery);
        }
    }

    private boolean isBeyond(String delivery) {
        return DeliveryId.parse("deliveryId", delivery).position() > position;
    }

    @EventSourcingHandler
    void on(DeliveryRetried event) {
        parked.remove(event.deliveryId());
        retried.add(event.deliveryId());
    }

    @EventSourcingHandler
    void on(DeliveryDiscarded event) {
        parked.remove(event.deliveryId());
    }
}
