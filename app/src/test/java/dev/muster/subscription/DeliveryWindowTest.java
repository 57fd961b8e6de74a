package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.history.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Each event to one member, of each entity in order, again when it was not acknowledged, and parked at last. */
class DeliveryWindowTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final DeliveryTerms TERMS =
            new DeliveryTerms(10, WITHIN, 3, Duration.ofSeconds(1), Duration.ofSeconds(3));

    private Instant now = NOON;
    private DeliveryWindow window = window(-1, List.of(), Set.of());

    private static DeliveryWindow window(long position, List<Span> acknowledged, Set<String> passedOver) {
        var terms = new SubscriptionTerms(null, SubscriptionFilter.ALL, WITHIN, 3, Set.of(), null);
        return new DeliveryWindow(
                new SubscriptionProgress("ada", terms, position, acknowledged, passedOver, 0, Set.of(), null), TERMS);
    }

    private static HistoryEvent event(long position, String entity, String id) {
        var data = JsonNodeFactory.instance.objectNode();
        return new HistoryEvent(
                position,
                id,
                entity,
                0,
                "Happened",
                NOON,
                null,
                "ada",
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                data);
    }

    /** Events at 0, 1, 2 and so on, of these entities. */
    private void given(String... entities) {
        var events = new ArrayList<HistoryEvent>();
        for (int i = 0; i < entities.length; i++) {
            events.add(event(i, entities[i], "e" + i));
        }
        window.add(events, entities.length - 1);
    }

    private List<String> take(String member, int limit) {
        return window.take(member, limit, now, null).stream()
                .map(event -> event.id.toString())
                .toList();
    }

    private boolean done(String id) {
        return window.acknowledge(DeliveryId.parse("id", id));
    }

    private boolean fail(String id, String member) {
        return window.fail(DeliveryId.parse("id", id), member, "no", now);
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    // ---- who gets what

    @Test
    void an_event_is_in_one_hand_at_a_time() {
        given("a", "b", "c");
        assertThat(take("m1", 2)).containsExactly("0", "1");
        assertThat(take("m2", 2)).containsExactly("2");
        assertThat(take("m3", 2)).isEmpty();
        assertThat(window.members()).containsEntry("m1", 2).containsEntry("m2", 1);
    }

    @Test
    void later_events_of_an_entity_are_held_back_also_from_other_members() {
        given("a", "a", "b", "a");
        assertThat(take("m1", 9)).containsExactly("0", "2");
        assertThat(take("m2", 9)).isEmpty();
        assertThat(done("0")).isTrue();
        assertThat(take("m2", 9)).containsExactly("1");
        assertThat(take("m1", 9)).isEmpty();
    }

    @Test
    void what_is_not_acknowledged_in_time_goes_to_who_asks_next() {
        given("a", "a");
        take("m1", 1);
        after(WITHIN.minusMillis(1));
        assertThat(take("m2", 1)).isEmpty();
        after(Duration.ofMillis(1));
        var again = window.take("m2", 1, now, null).get(0);
        assertThat(again.id).hasToString("0");
        assertThat(again.tries).isEqualTo(2);
    }

    @Test
    void who_is_late_may_still_acknowledge() {
        given("a", "a");
        take("m1", 1);
        after(WITHIN);
        take("m2", 1);
        assertThat(done("0")).isTrue();
        assertThat(done("0")).isFalse();
        assertThat(take("m3", 9)).containsExactly("1");
    }

    @Test
    void who_is_late_may_not_fail_what_another_one_has() {
        given("a");
        take("m1", 1);
        after(WITHIN);
        take("m2", 1);
        assertThat(fail("0", "m1")).isFalse();
        assertThat(fail("0", "m2")).isTrue();
    }

    @Test
    void what_failed_waits_twice_as_long_each_time_up_to_a_limit_and_holds_its_entity_back() {
        var terms = new DeliveryTerms(10, WITHIN, 9, Duration.ofSeconds(1), Duration.ofSeconds(3));
        window.become(terms);
        given("a", "a");
        for (int seconds : List.of(1, 2, 3, 3)) {
            assertThat(take("m1", 1)).containsExactly("0");
            fail("0", "m1");
            after(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(take("m1", 9)).isEmpty();
            after(Duration.ofMillis(1));
        }
        assertThat(take("m1", 9)).containsExactly("0");
    }

    @Test
    void what_is_given_back_costs_no_try() {
        given("a");
        take("m1", 1);
        window.giveBack(new DeliveryId(0, 1), "m1", now.plusSeconds(5));
        assertThat(take("m2", 1)).isEmpty();
        after(Duration.ofSeconds(5));
        assertThat(window.take("m2", 1, now, null).get(0).tries).isEqualTo(1);
    }

    // ---- parking

    private void failThrice(String id) {
        for (int i = 0; i < 3; i++) {
            after(Duration.ofSeconds(3));
            assertThat(take("m1", 1)).containsExactly(id);
            fail(id, "m1");
        }
    }

    @Test
    void after_so_many_tries_it_is_parked_with_the_error_and_its_entity_goes_on_once_that_is_recorded() {
        given("a", "a");
        failThrice("0");
        after(Duration.ofHours(1));
        assertThat(window.toPark(now)).containsExactly(new ParkedDelivery("0", "e0", "a", "Happened", 3, "no"));
        assertThat(take("m1", 9)).isEmpty();
        window.parked(new DeliveryId(0, 1));
        assertThat(window.toPark(now)).isEmpty();
        assertThat(take("m1", 9)).containsExactly("1");
    }

    @Test
    void time_that_passes_counts_as_a_try() {
        given("a");
        for (int i = 0; i < 3; i++) {
            take("m1", 1);
            after(WITHIN);
        }
        assertThat(window.toPark(now)).singleElement().satisfies(parked -> {
            assertThat(parked.tries()).isEqualTo(3);
            assertThat(parked.error()).isEqualTo("m1 did not acknowledge it in time");
        });
    }

    @Test
    void what_is_retried_comes_before_what_its_entity_has_not_been_given() {
        given("a", "a", "a");
        failThrice("0");
        window.parked(new DeliveryId(0, 1));
        assertThat(take("m1", 1)).containsExactly("1");
        window.retry(event(0, "a", "e0"));
        assertThat(take("m2", 9)).as("what is in hand is not overtaken").isEmpty();
        done("1");
        assertThat(take("m2", 9)).containsExactly("0");
        done("0");
        assertThat(take("m2", 9)).containsExactly("2");
    }

    @Test
    void what_was_retried_is_told_as_settled_until_that_is_recorded() {
        window.retry(event(0, "a", "e0"));
        take("m1", 1);
        done("0");
        assertThat(window.isRetried(new DeliveryId(0, 1))).isTrue();
        var progress = window.progress().orElseThrow();
        assertThat(progress.settled()).containsExactly("0");
        window.notRecorded();
        assertThat(window.progress()).contains(progress);
        window.recorded(progress);
        assertThat(window.now().settled()).isEmpty();
    }

    // ---- how far it is

    @Test
    void it_is_as_far_as_everything_is_done_and_tells_what_is_done_beyond() {
        given("a", "b", "c", "d", "e", "f");
        take("m1", 9);
        for (var id : List.of("0", "2", "3", "5")) {
            done(id);
        }
        var progress = window.progress().orElseThrow();
        assertThat(progress.position()).isEqualTo(0);
        assertThat(progress.acknowledged()).containsExactly(new Span(2, 3), new Span(5, 5));
        done("1");
        done("4");
        assertThat(window.progress().orElseThrow().position()).isEqualTo(5);
    }

    @Test
    void where_nothing_was_done_there_is_nothing_to_record_however_far_the_log_was_read() {
        window.add(List.of(), 500);
        assertThat(window.progress()).isEmpty();
        window.add(List.of(event(501, "a", "e")), 501);
        take("m1", 1);
        assertThat(window.progress()).isEmpty();
        done("501");
        assertThat(window.progress()).isPresent();
        assertThat(window.progress()).isEmpty();
    }

    @Test
    void it_is_at_rest_when_nothing_is_in_hand_and_all_is_recorded() {
        given("a", "b");
        assertThat(window.isAtRest()).isTrue();
        take("m1", 1);
        assertThat(window.isAtRest()).isFalse();
        done("0");
        assertThat(window.isAtRest()).isFalse();
        window.recorded(window.progress().orElseThrow());
        assertThat(window.isAtRest()).isTrue();
    }

    @Test
    void it_goes_on_where_it_was_recorded_to_be() {
        window = window(10, List.of(new Span(12, 14)), Set.of("16"));
        var events = new ArrayList<HistoryEvent>();
        for (int i = 11; i <= 17; i++) {
            events.add(event(i, "x" + i, "e" + i));
        }
        window.add(events, 17);
        assertThat(take("m1", 9)).containsExactly("11", "15", "17");
        done("15");
        assertThat(window.now().acknowledged())
                .as("what was done before the restart is told again")
                .containsExactly(new Span(12, 16));
    }

    @Test
    void an_event_that_was_split_is_done_when_all_its_parts_are() {
        window.add(List.of(event(0, "a", "e"), event(0, "b", "e~2"), event(0, "c", "e~3"), event(1, "d", "f")), 1);
        assertThat(take("m1", 9)).containsExactly("0", "0~2", "0~3", "1");
        done("0~2");
        done("1");
        assertThat(window.now()).isEqualTo(new DeliveryWindow.Progress(-1, List.of(new Span(1, 1)), Set.of()));
        done("0");
        done("0~3");
        assertThat(window.now().position()).isEqualTo(1);
    }

    @Test
    void it_takes_no_more_than_its_size_until_the_first_of_them_is_done() {
        given("a", "a", "a", "a", "a", "b", "b", "b", "b", "b");
        assertThat(window.room()).isZero();
        take("m1", 9);
        done("5");
        assertThat(window.room()).isZero();
        done("0");
        assertThat(window.room()).isEqualTo(1);
    }
}
