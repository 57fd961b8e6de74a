package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.message.Refusal;
import dev.muster.subscription.SubscriptionEvent.*;
import dev.muster.subscription.SubscriptionQuery.FindSubscriptions;
import dev.muster.subscription.SubscriptionQuery.GetSubscription;
import dev.muster.view.InMemoryViewStores;
import dev.muster.view.ViewChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A subscription is seen as it is recorded, by who may see it. */
class SubscriptionViewTest {

    private static final SubscriptionId S = SubscriptionId.of("s");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final SubscriptionTerms TERMS = new SubscriptionTerms(
            "Mail", SubscriptionFilter.ALL, Duration.ofSeconds(30), 5, Set.of("ben"), new Webhook("https://a", 1));

    private final SubscriptionProjection projection;
    private final SubscriptionQueries queries;
    private long version;

    SubscriptionViewTest() {
        var store = new InMemoryViewStores(new ViewChanges()).open(SubscriptionRow.DEFINITION);
        projection = new SubscriptionProjection(store);
        queries = new SubscriptionQueries(store);
        projection.on(new SubscriptionCreated(S, "ada", -1, TERMS), NOON, version);
    }

    private static DeliveryParked parked(String id) {
        return new DeliveryParked(S, new ParkedDelivery(id, "e", "task/t", "TaskCompleted", 5, "no"));
    }

    private void advance(long position, @Nullable String paused, int minute) {
        projection.on(
                new SubscriptionAdvanced(
                        S, position, List.of(new Span(position + 2, position + 4)), Set.of("7"), paused),
                NOON.plusSeconds(60L * minute),
                ++version);
    }

    private SubscriptionView seen() {
        return queries.handle(new GetSubscription(S), null);
    }

    private List<SubscriptionSummary> found(@Nullable Boolean parked, @Nullable Boolean paused, String asker) {
        return queries.handle(new FindSubscriptions(null, parked, paused, null, null), asker)
                .items();
    }

    @Test
    void it_is_as_far_as_was_recorded_last() {
        advance(40, null, 1);
        assertThat(seen().position()).isEqualTo(40);
        assertThat(seen().acknowledged()).containsExactly(new Span(42, 44));
        assertThat(seen().advancedAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(seen().version()).isEqualTo(1);
    }

    @Test
    void a_pause_has_a_reason_and_a_beginning() {
        advance(40, "gone", 1);
        advance(40, "still gone", 2);
        assertThat(seen().paused()).isEqualTo("still gone");
        assertThat(seen().pausedSince()).isEqualTo(NOON.plusSeconds(60));
        assertThat(found(null, true, "ada")).hasSize(1);
        advance(40, null, 3);
        assertThat(seen().pausedSince()).isNull();
        assertThat(found(null, true, "ada")).isEmpty();
    }

    @Test
    void what_is_parked_is_seen_until_it_is_retried_or_discarded() {
        projection.on(parked("7"), NOON, ++version);
        projection.on(parked("9"), NOON, ++version);
        assertThat(seen().parked())
                .extracting(each -> each.delivery().deliveryId())
                .containsExactly("7", "9");
        projection.on(new DeliveryRetried(S, "7"), ++version);
        projection.on(new DeliveryDiscarded(S, "9"), ++version);
        assertThat(seen().parked()).isEmpty();
        assertThat(seen().retried()).containsExactly("7");
        assertThat(found(false, null, "ada")).hasSize(1);
        advance(40, null, 1);
        assertThat(seen().retried()).isEmpty();
    }

    @Test
    void what_was_retried_and_parked_again_is_parked() {
        projection.on(parked("7"), NOON, ++version);
        projection.on(new DeliveryRetried(S, "7"), ++version);
        projection.on(parked("7"), NOON, ++version);
        assertThat(seen().retried()).isEmpty();
        assertThat(seen().parked()).hasSize(1);
    }

    @Test
    void it_is_read_by_its_owner_its_consumers_operators_and_auditors() {
        for (var reader : List.of("ada", "ben", "operator:kim", "auditor:eve")) {
            assertThat(queries.handle(new GetSubscription(S), reader).owner()).isEqualTo("ada");
            assertThat(found(null, null, reader)).hasSize(1);
        }
        assertThat(found(null, null, "eve")).isEmpty();
        assertThatThrownBy(() -> queries.handle(new GetSubscription(S), "eve"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo("subscription-not-yours"));
    }

    @Test
    void changed_terms_are_seen_and_a_deleted_one_is_not() {
        var changed = new SubscriptionTerms(null, SubscriptionFilter.ALL, Duration.ofSeconds(1), 1, Set.of(), null);
        projection.on(new SubscriptionChanged(S, changed), NOON.plusSeconds(5), ++version);
        assertThat(seen().terms()).isEqualTo(changed);
        assertThat(seen().changedAt()).isEqualTo(NOON.plusSeconds(5));
        projection.on(new SubscriptionDeleted(S));
        assertThat(found(null, null, "operator:kim")).isEmpty();
    }
}
