package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.message.MetaKeys;
import dev.muster.subscription.SubscriptionCommand.*;
import dev.muster.subscription.SubscriptionEvent.*;
import dev.muster.task.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.matchers.Matchers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A subscription belongs to who made it, never goes back, and keeps what is parked until an operator decides. */
class SubscriptionTest {

    private static final SubscriptionId S = SubscriptionId.of("s");
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final String OPERATOR = "operator:kim";
    private static final SubscriptionTerms TERMS =
            new SubscriptionTerms(null, SubscriptionFilter.ALL, Duration.ofSeconds(30), 5, Set.of(), null);
    private static final SubscriptionCreated CREATED = new SubscriptionCreated(S, "ada", 41, TERMS);

    private static final Beginnings BEGINNINGS = new Beginnings() {
        @Override
        public long head() {
            return 41;
        }

        @Override
        public long asOf(Instant moment) {
            return moment.equals(NOON) ? 7 : 8;
        }
    };

    private static Outcome<Subscription> when(String actor, List<Object> history, Object command) {
        var fixture = new AggregateTestFixture<>(Subscription.class);
        fixture.registerInjectableResource(BEGINNINGS);
        var executor = history.isEmpty() ? fixture.givenNoPriorActivity() : fixture.given(history);
        return new Outcome<>(executor.when(command, Map.of(MetaKeys.ACTOR, actor)));
    }

    private static CreateSubscription create(@Nullable String from, @Nullable String webhook) {
        return new CreateSubscription(S, null, null, from, null, null, null, webhook);
    }

    private static SubscriptionTerms terms(@Nullable Webhook webhook) {
        return new SubscriptionTerms(null, SubscriptionFilter.ALL, Duration.ofSeconds(30), 5, Set.of(), webhook);
    }

    private static ChangeSubscription change(@Nullable String webhook, @Nullable Boolean newSecret) {
        return new ChangeSubscription(S, null, null, null, null, null, webhook, newSecret);
    }

    private static DeliveryParked parked(String delivery) {
        return new DeliveryParked(S, new ParkedDelivery(delivery, "e" + delivery, "task/t", "TaskCompleted", 5, "no"));
    }

    private static SubscriptionAdvanced advanced(long position, Span... acknowledged) {
        return new SubscriptionAdvanced(S, position, List.of(acknowledged), Set.of(), null);
    }

    private static SubscriptionProgress progress(List<Object> history) {
        var fixture = new AggregateTestFixture<>(Subscription.class);
        fixture.registerInjectableResource(BEGINNINGS);
        var told = new AtomicReference<SubscriptionProgress>();
        fixture.given(history)
                .when(new OpenSubscription(S))
                .expectNoEvents()
                .expectResultMessageMatching(Matchers.matches(message -> {
                    told.set((SubscriptionProgress) ((CommandResultMessage<?>) message).getPayload());
                    return true;
                }));
        return told.get();
    }

    // ---- making, changing, deleting

    @Test
    void a_subscription_belongs_to_who_makes_it_and_has_terms_where_nothing_is_said() {
        when("ada", List.of(), create(null, null)).emits(CREATED);
    }

    @ParameterizedTest
    @CsvSource({"head,41", "tail,-1", "12,12", "-1,-1", "900,41", "2026-01-31T12:00:00Z,7"})
    void it_begins_where_it_is_told_to(String from, long position) {
        when("ada", List.of(), create(from, null)).emits(new SubscriptionCreated(S, "ada", position, TERMS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"somewhere", "2026-01-31", "1e3"})
    void it_begins_nowhere_else(String from) {
        when("ada", List.of(), create(from, null)).refused("invalid-field");
    }

    @Test
    void an_identifier_is_used_once_for_ever() {
        when("ada", List.of(CREATED), create(null, null)).refused("subscription-exists");
        when("ada", List.of(CREATED, new SubscriptionDeleted(S)), create(null, null))
                .refused("subscription-exists");
    }

    @Test
    void only_an_operator_names_a_webhook() {
        when(OPERATOR, List.of(), create("tail", "https://example.org/events"))
                .emits(new SubscriptionCreated(S, OPERATOR, -1, terms(new Webhook("https://example.org/events", 1))));
        when("ada", List.of(), create(null, "https://example.org/events")).refused("webhook-not-allowed");
        when("ada", List.of(CREATED), change("https://example.org/events", null))
                .refused("webhook-not-allowed");
    }

    @Test
    void a_webhook_gets_another_address_or_another_secret() {
        var made = new SubscriptionCreated(S, "ada", 41, terms(new Webhook("https://one", 1)));
        when(OPERATOR, List.of(made), change("https://two", null))
                .emits(new SubscriptionChanged(S, terms(new Webhook("https://two", 1))));
        when(OPERATOR, List.of(made), change(null, true))
                .emits(new SubscriptionChanged(S, terms(new Webhook("https://one", 2))));
        when(OPERATOR, List.of(CREATED), change(null, true)).refused("webhook-missing");
        when("ada", List.of(made), change(null, true)).refused("webhook-not-allowed");
    }

    @Test
    void what_a_change_leaves_out_stays() {
        when("ada", List.of(CREATED), new ChangeSubscription(S, null, null, null, 9, null, null, null))
                .emits(new SubscriptionChanged(
                        S,
                        new SubscriptionTerms(
                                null, SubscriptionFilter.ALL, Duration.ofSeconds(30), 9, Set.of(), null)));
        when("ada", List.of(CREATED), change(null, null)).emitsNothing();
    }

    @Test
    void only_its_owner_and_operators_change_or_delete_it() {
        when("ben", List.of(CREATED), change(null, null)).refused("subscription-not-yours");
        when("ben", List.of(CREATED), new DeleteSubscription(S)).refused("subscription-not-yours");
        when("ada", List.of(CREATED), new DeleteSubscription(S)).emits(new SubscriptionDeleted(S));
        when(OPERATOR, List.of(CREATED), new DeleteSubscription(S)).emits(new SubscriptionDeleted(S));
    }

    @Test
    void of_a_deleted_one_nothing_can_be_asked() {
        List<Object> deleted = List.of(CREATED, new SubscriptionDeleted(S));
        for (var command : List.of(
                change(null, null),
                new DeleteSubscription(S),
                new RetryParked(S, null),
                new DiscardParked(S, null),
                new AdvanceSubscription(S, 50, List.of(), Set.of(), null),
                new ParkDelivery(S, parked("42").delivery()),
                new OpenSubscription(S))) {
            when(OPERATOR, deleted, command).refused("subscription-deleted");
        }
    }

    // ---- how far it is

    @Test
    void it_goes_forward_and_never_back() {
        var span = new Span(60, 64);
        when("system:s", List.of(CREATED), new AdvanceSubscription(S, 50, List.of(span), Set.of(), null))
                .emits(advanced(50, span));
        when("system:s", List.of(CREATED, advanced(50)), new AdvanceSubscription(S, 49, List.of(), Set.of(), null))
                .refused("subscription-behind");
    }

    @Test
    void what_changes_nothing_is_not_recorded() {
        var span = new Span(60, 64);
        List<Object> history = List.of(CREATED, advanced(50, span));
        when("system:s", history, new AdvanceSubscription(S, 50, List.of(span), Set.of(), null))
                .emitsNothing();
        when("system:s", history, new AdvanceSubscription(S, 50, List.of(), Set.of(), null))
                .emits(advanced(50));
    }

    @Test
    void a_pause_is_recorded_with_its_reason_and_so_is_its_end() {
        var paused = new SubscriptionAdvanced(S, 41, List.of(), Set.of(), "the receiver is gone");
        when("system:s", List.of(CREATED), new AdvanceSubscription(S, 41, List.of(), Set.of(), "the receiver is gone"))
                .emits(paused);
        when("system:s", List.of(CREATED, paused), new AdvanceSubscription(S, 41, List.of(), Set.of(), null))
                .emits(advanced(41));
    }

    // ---- what is parked

    @Test
    void a_delivery_is_parked_once() {
        when("system:s", List.of(CREATED), new ParkDelivery(S, parked("42").delivery()))
                .emits(parked("42"));
        when(
                        "system:s",
                        List.of(CREATED, parked("42")),
                        new ParkDelivery(S, parked("42").delivery()))
                .emitsNothing();
    }

    @Test
    void only_so_many_are_parked() {
        var history = new ArrayList<Object>(List.of(CREATED));
        for (int i = 0; i < SubscriptionCommand.MAX_PARKED; i++) {
            history.add(parked(Integer.toString(42 + i)));
        }
        when("system:s", history, new ParkDelivery(S, parked("9000").delivery()))
                .refused("too-many-parked");
    }

    @Test
    void what_is_parked_is_retried_or_discarded_one_by_one_or_all_at_once() {
        List<Object> history = List.of(CREATED, parked("42"), parked("50~2"));
        when(OPERATOR, history, new RetryParked(S, "50~2")).emits(new DeliveryRetried(S, "50~2"));
        when(OPERATOR, history, new RetryParked(S, null))
                .emits(new DeliveryRetried(S, "42"), new DeliveryRetried(S, "50~2"));
        when(OPERATOR, history, new DiscardParked(S, "42")).emits(new DeliveryDiscarded(S, "42"));
        when(OPERATOR, history, new DiscardParked(S, null))
                .emits(new DeliveryDiscarded(S, "42"), new DeliveryDiscarded(S, "50~2"));
        when(OPERATOR, history, new DiscardParked(S, "43")).refused("delivery-not-parked");
        when(OPERATOR, List.of(CREATED), new RetryParked(S, null)).emitsNothing();
    }

    // ---- what whoever delivers is told

    @Test
    void what_was_parked_is_not_delivered_again_unless_it_is_retried() {
        List<Object> history = List.of(
                CREATED,
                advanced(50),
                parked("45"),
                parked("60"),
                parked("61"),
                new DeliveryDiscarded(S, "60"),
                new DeliveryRetried(S, "61"));
        var progress = progress(history);
        assertThat(progress.position()).isEqualTo(50);
        assertThat(progress.passedOver()).containsExactlyInAnyOrder("60", "61");
        assertThat(progress.retried()).containsExactly("61");
        assertThat(progress.parked()).isEqualTo(1);
    }

    @Test
    void what_was_retried_is_owed_until_it_is_settled_or_parked_again() {
        var retried = List.<Object>of(CREATED, parked("42"), new DeliveryRetried(S, "42"));
        assertThat(progress(retried).retried()).containsExactly("42");
        assertThat(progress(with(retried, parked("42"))).retried()).isEmpty();
        assertThat(progress(with(retried, new SubscriptionAdvanced(S, 44, List.of(), Set.of("42"), null)))
                        .retried())
                .isEmpty();
    }

    @Test
    void what_the_position_has_passed_need_not_be_passed_over() {
        assertThat(progress(List.of(CREATED, parked("60"), advanced(59))).passedOver())
                .containsExactly("60");
        assertThat(progress(List.of(CREATED, parked("60"), advanced(60))).passedOver())
                .isEmpty();
    }

    private static List<Object> with(List<Object> history, Object event) {
        var more = new ArrayList<>(history);
        more.add(event);
        return more;
    }
}
