package dev.muster.store;

import static dev.muster.store.EventStoreContract.all;
import static dev.muster.store.EventStoreContract.areGapless;
import static dev.muster.store.EventStoreContract.event;
import static dev.muster.store.EventStoreContract.payloads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;

/** What is promised of closing, and of what is there when the log is opened again. */
public interface OpeningPromises extends StoreUnderTest {

    @Test
    default void a_log_that_is_opened_again_has_all_that_it_had() {
        engine().appendEvents(event("a", 0), event("b", 0));
        engine().storeSnapshot(event("a", 0, "snapshot"));
        var token = engine().createHeadToken();
        reopenEngine();
        assertThat(payloads(engine(), "a", 0)).containsExactly("a 0");
        assertThat(engine().lastSequenceNumberFor("b")).contains(0L);
        assertThat(engine().readSnapshot("a")).isPresent();
        assertThatThrownBy(() -> engine().appendEvents(event("a", 0))).isInstanceOf(RuntimeException.class);
        engine().appendEvents(event("a", 1));
        assertThat(EventStoreContract.payloadsAfter(engine(), token)).containsExactly("a 1");
    }

    @Test
    default void positions_go_on_where_they_ended_when_it_is_opened_again() {
        engine().appendEvents(event("a", 0), event("b", 0));
        reopenEngine();
        engine().appendEvents(event("a", 1));
        areGapless(all(engine(), null), 3);
    }

    @Test
    default void closing_with_readers_open_ends_them_in_order() {
        for (int i = 0; i < 1_000; i++) {
            engine().appendEvents(event("a", i));
        }
        var stream = engine().readEvents((TrackingToken) null, false).iterator();
        var events = engine().readEvents("a", 0);
        stream.next();
        events.next();
        closeEngine();
        assertThatThrownBy(
                        () -> stream.forEachRemaining(event -> assertThat(event).isNotNull()))
                .hasMessageContaining("closed");
        assertThatThrownBy(
                        () -> events.forEachRemaining(event -> assertThat(event).isNotNull()))
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> engine().appendEvents(event("a", 1_000))).hasMessageContaining("closed");
    }
}
