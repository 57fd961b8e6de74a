package dev.muster.store;

import static dev.muster.store.EventStoreContract.all;
import static dev.muster.store.EventStoreContract.areGapless;
import static dev.muster.store.EventStoreContract.event;
import static dev.muster.store.EventStoreContract.payloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** What is promised of appends, one after another: streams of aggregates, atomicity, positions, what is kept. */
public interface AppendPromises extends StoreUnderTest {

    private void isRefused(EventMessage<?>... events) {
        assertThatThrownBy(() -> engine().appendEvents(events)).isInstanceOf(RuntimeException.class);
    }

    @Test
    default void an_empty_log_has_nothing() {
        assertThat(all(engine(), null)).isEmpty();
        assertThat(engine().lastSequenceNumberFor("a")).isEmpty();
        assertThat(engine().readSnapshot("a")).isEmpty();
        assertThat(payloads(engine(), "a", 0)).isEmpty();
        assertThat(all(engine(), engine().createTailToken())).isEmpty();
        assertThat(all(engine(), engine().createHeadToken())).isEmpty();
        assertThat(all(engine(), engine().createTokenAt(Instant.EPOCH))).isEmpty();
    }

    @Test
    default void an_append_of_nothing_changes_nothing() {
        engine().appendEvents(List.of());
        assertThat(all(engine(), null)).isEmpty();
        engine().appendEvents(event("a", 0));
        assertThat(all(engine(), null)).hasSize(1);
    }

    @Test
    default void events_of_an_aggregate_are_read_in_their_order() {
        engine().appendEvents(event("a", 0), event("a", 1));
        engine().appendEvents(event("b", 0));
        engine().appendEvents(event("a", 2));
        assertThat(payloads(engine(), "a", 0)).containsExactly("a 0", "a 1", "a 2");
        assertThat(payloads(engine(), "a", 1)).containsExactly("a 1", "a 2");
        assertThat(payloads(engine(), "a", 3)).isEmpty();
        assertThat(payloads(engine(), "b", 0)).containsExactly("b 0");
        assertThat(engine().lastSequenceNumberFor("a")).contains(2L);
        assertThat(engine().lastSequenceNumberFor("c")).isEmpty();
    }

    @Test
    default void identifiers_that_begin_alike_do_not_meet() {
        engine().appendEvents(event("a", 0));
        engine().appendEvents(event("ab", 0));
        engine().appendEvents(event("a/b", 0));
        engine().appendEvents(event("", 0));
        assertThat(payloads(engine(), "a", 0)).containsExactly("a 0");
        assertThat(payloads(engine(), "ab", 0)).containsExactly("ab 0");
        assertThat(payloads(engine(), "", 0)).containsExactly(" 0");
    }

    @Test
    default void a_sequence_number_is_given_once() {
        engine().appendEvents(event("a", 0));
        isRefused(event("a", 0));
        isRefused(event("b", 0), event("b", 0));
        assertThat(payloads(engine(), "a", 0)).containsExactly("a 0");
        assertThat(payloads(engine(), "b", 0)).isEmpty();
    }

    /** Who caught it tries again; another failure is not worth that. */
    @Test
    default void a_conflict_is_told_as_one_also_where_two_create_the_same() {
        engine().appendEvents(event("a", 0), event("a", 1));
        assertThatThrownBy(() -> engine().appendEvents(event("a", 1))).isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> engine().appendEvents(event("a", 0))).isInstanceOf(ConcurrencyException.class);
    }

    @Test
    default void a_sequence_number_is_not_left_out() {
        engine().appendEvents(event("a", 0));
        isRefused(event("a", 2));
        isRefused(event("b", 1));
        assertThat(all(engine(), null)).hasSize(1);
    }

    @Test
    default void a_refused_append_leaves_no_gap_in_the_positions() {
        engine().appendEvents(event("a", 0));
        isRefused(event("b", 0), event("a", 0));
        engine().appendEvents(event("a", 1), event("c", 0));
        areGapless(all(engine(), null), 3);
    }

    @Test
    default void what_is_appended_together_is_there_whole_or_not_at_all() {
        engine().appendEvents(event("a", 0));
        for (int conflict = 0; conflict < 3; conflict++) {
            var events = new ArrayList<>(List.of(event("b", 0), event("c", 0)));
            events.add(conflict, event("a", 0));
            isRefused(events.toArray(EventMessage<?>[]::new));
            assertThat(payloads(engine(), "b", 0)).isEmpty();
            assertThat(payloads(engine(), "c", 0)).isEmpty();
            assertThat(engine().lastSequenceNumberFor("b")).isEmpty();
            assertThat(all(engine(), null)).hasSize(1);
        }
        engine().appendEvents(event("b", 0), event("c", 0), event("a", 1), event("b", 1));
        assertThat(payloads(engine(), "b", 0)).containsExactly("b 0", "b 1");
        assertThat(all(engine(), null)).hasSize(5);
    }

    @Test
    default void an_event_keeps_all_that_it_says() {
        var at = Instant.parse("2026-01-02T03:04:05.678Z");
        var meta = MetaData.with("actor", "ada").and("imported", true).and("reason", "wörds");
        engine().appendEvents(new GenericDomainEventMessage<>("thing", "a", 0, "payload", meta, "id-1", at));
        var read = engine().readEvents("a", 0).next();
        assertThat(read.getIdentifier()).isEqualTo("id-1");
        assertThat(read.getTimestamp()).isEqualTo(at);
        assertThat(read.getMetaData()).isEqualTo(meta);
        assertThat(read.getType()).isEqualTo("thing");
        assertThat(read.getPayload()).isEqualTo("payload");
    }

    @Test
    default void an_event_of_no_aggregate_is_kept_too() {
        engine().appendEvents(new GenericEventMessage<>("loose"));
        engine().appendEvents(new GenericEventMessage<>("one"), event("a", 0), new GenericEventMessage<>("two"));
        assertThat(EventStoreContract.payloadsAfter(engine(), null)).containsExactly("loose", "one", "a 0", "two");
    }

    @Test
    default void the_latest_snapshot_is_read_and_is_no_event() {
        engine().appendEvents(event("a", 0));
        engine().storeSnapshot(event("a", 3, "at three"));
        engine().storeSnapshot(event("a", 7, "at seven"));
        assertThat(engine().readSnapshot("a")).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.getSequenceNumber()).isEqualTo(7);
            assertThat(snapshot.getPayload()).isEqualTo("at seven");
        });
        assertThat(engine().readSnapshot("b")).isEmpty();
        assertThat(payloads(engine(), "a", 0)).containsExactly("a 0");
        assertThat(engine().lastSequenceNumberFor("a")).contains(0L);
        assertThat(all(engine(), null)).hasSize(1);
    }

    @Test
    default void large_events_are_kept_among_small_ones() {
        var large = "x".repeat(8 << 20);
        engine().appendEvents(event("a", 0), event("a", 1, large), event("a", 2));
        engine().appendEvents(event("a", 3, large), event("a", 4));
        assertThat(payloads(engine(), "a", 0)).containsExactly("a 0", large, "a 2", large, "a 4");
        assertThat(EventStoreContract.payloadsAfter(engine(), null)).containsExactly("a 0", large, "a 2", large, "a 4");
    }
}
