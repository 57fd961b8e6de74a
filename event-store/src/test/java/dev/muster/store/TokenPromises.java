package dev.muster.store;

import static dev.muster.store.EventStoreContract.all;
import static dev.muster.store.EventStoreContract.areGapless;
import static dev.muster.store.EventStoreContract.event;
import static dev.muster.store.EventStoreContract.payloadsAfter;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is promised of tokens, and of reading from them. */
public interface TokenPromises extends StoreUnderTest {

    @Test
    default void the_log_is_read_from_any_token() {
        for (int i = 0; i < 500; i++) {
            engine().appendEvents(event("a", i));
        }
        var events = all(engine(), null);
        areGapless(events, 500);
        for (var at : List.of(0, 7, 8, 9, 127, 128, 129, 498, 499)) {
            assertThat(EventStoreContract.positions(all(engine(), events.get(at).trackingToken())))
                    .isEqualTo(EventStoreContract.positions(events.subList(at + 1, 500)));
        }
    }

    @Test
    default void a_token_names_the_tail_or_the_head() {
        var headOfNothing = engine().createHeadToken();
        engine().appendEvents(event("a", 0), event("a", 1));
        var head = engine().createHeadToken();
        assertThat(payloadsAfter(engine(), engine().createTailToken())).containsExactly("a 0", "a 1");
        assertThat(payloadsAfter(engine(), headOfNothing)).containsExactly("a 0", "a 1");
        assertThat(payloadsAfter(engine(), head)).isEmpty();
        engine().appendEvents(event("b", 0));
        assertThat(payloadsAfter(engine(), head)).containsExactly("b 0");
    }

    @Test
    default void a_token_at_a_time_begins_with_the_first_event_that_is_not_earlier() {
        var first = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 10; i++) {
            engine().appendEvents(event("a", i, first.plusSeconds(i)));
        }
        assertThat(payloadsAfter(engine(), engine().createTokenAt(first.plusSeconds(7))))
                .containsExactly("a 7", "a 8", "a 9");
        assertThat(payloadsAfter(
                        engine(), engine().createTokenAt(first.plusSeconds(8).plusMillis(1))))
                .containsExactly("a 9");
        assertThat(all(engine(), engine().createTokenAt(first.minusSeconds(1)))).hasSize(10);
        assertThat(all(engine(), engine().createTokenAt(first))).hasSize(10);
    }

    @Test
    default void a_token_at_a_time_after_all_events_is_at_the_head() {
        engine().appendEvents(event("a", 0, Instant.parse("2026-01-01T00:00:00Z")));
        var token = engine().createTokenAt(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(payloadsAfter(engine(), token)).isEmpty();
        engine().appendEvents(event("a", 1, Instant.parse("2028-01-01T00:00:00Z")));
        assertThat(payloadsAfter(engine(), token)).containsExactly("a 1");
    }

    @Test
    default void a_token_at_a_time_leaves_out_no_later_event_though_times_need_not_rise() {
        var seconds = List.of(5, 3, 8, 8, 1, 9);
        for (int i = 0; i < seconds.size(); i++) {
            engine().appendEvents(event("a", i, Instant.ofEpochSecond(seconds.get(i))));
        }
        assertThat(payloadsAfter(engine(), engine().createTokenAt(Instant.ofEpochSecond(4))))
                .startsWith("a 0");
        assertThat(payloadsAfter(engine(), engine().createTokenAt(Instant.ofEpochSecond(6))))
                .containsExactly("a 2", "a 3", "a 4", "a 5");
        assertThat(payloadsAfter(engine(), engine().createTokenAt(Instant.ofEpochSecond(8))))
                .containsExactly("a 2", "a 3", "a 4", "a 5");
        assertThat(payloadsAfter(engine(), engine().createTokenAt(Instant.ofEpochSecond(8, 1_000_000))))
                .containsExactly("a 5");
    }
}
