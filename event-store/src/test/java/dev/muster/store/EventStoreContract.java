package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every keeper of the log promises. */
public abstract class EventStoreContract {

    protected static final Serializer SERIALIZER = Jackson3Serializer.builder().build();

    @TempDir
    protected Path folder;

    protected EventStorageEngine engine;

    /** Opens the log in that folder, which may have one already. */
    protected abstract EventStorageEngine open(Path folder);

    protected abstract void close(EventStorageEngine engine);

    @BeforeEach
    void openOne() {
        engine = open(folder);
    }

    @AfterEach
    void closeIt() {
        close(engine);
    }

    protected static DomainEventMessage<String> event(String aggregate, long sequence) {
        return event(aggregate, sequence, aggregate + " " + sequence);
    }

    protected static DomainEventMessage<String> event(String aggregate, long sequence, String payload) {
        return new GenericDomainEventMessage<>("thing", aggregate, sequence, payload);
    }

    protected static DomainEventMessage<String> event(String aggregate, long sequence, Instant at) {
        return new GenericDomainEventMessage<>(
                "thing",
                aggregate,
                sequence,
                aggregate + " " + sequence,
                MetaData.emptyInstance(),
                aggregate + sequence,
                at);
    }

    protected static List<String> payloads(EventStorageEngine engine, String aggregate, long from) {
        return engine.readEvents(aggregate, from)
                .asStream()
                .map(event -> (String) event.getPayload())
                .toList();
    }

    protected static List<TrackedEventMessage<?>> all(EventStorageEngine engine, TrackingToken after) {
        var events = new ArrayList<TrackedEventMessage<?>>();
        try (var stream = engine.readEvents(after, false)) {
            stream.forEach(events::add);
        }
        return events;
    }

    protected static List<Long> positions(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> event.trackingToken().position().orElseThrow())
                .toList();
    }

    /** All that an event of an aggregate says, beginning with which one's it is. */
    protected static String told(TrackedEventMessage<?> event) {
        var domain = (DomainEventMessage<?>) event;
        return domain.getAggregateIdentifier() + " " + domain.getType() + " " + domain.getSequenceNumber() + " "
                + event.trackingToken() + " " + event.getIdentifier() + " " + event.getTimestamp() + " "
                + event.getPayload() + " " + event.getMetaData();
    }

    @Test
    void an_empty_log_has_nothing() {
        assertThat(all(engine, null)).isEmpty();
        assertThat(engine.lastSequenceNumberFor("a")).isEmpty();
        assertThat(engine.readSnapshot("a")).isEmpty();
        assertThat(payloads(engine, "a", 0)).isEmpty();
        assertThat(all(engine, engine.createHeadToken())).isEmpty();
    }

    @Test
    void events_of_an_aggregate_are_read_in_their_order() {
        engine.appendEvents(event("a", 0), event("a", 1));
        engine.appendEvents(event("b", 0));
        engine.appendEvents(event("a", 2));
        assertThat(payloads(engine, "a", 0)).containsExactly("a 0", "a 1", "a 2");
        assertThat(payloads(engine, "a", 1)).containsExactly("a 1", "a 2");
        assertThat(payloads(engine, "b", 0)).containsExactly("b 0");
        assertThat(engine.lastSequenceNumberFor("a")).contains(2L);
    }

    @Test
    void identifiers_that_begin_alike_do_not_meet() {
        engine.appendEvents(event("a", 0));
        engine.appendEvents(event("ab", 0));
        engine.appendEvents(event("a/b", 0));
        assertThat(payloads(engine, "a", 0)).containsExactly("a 0");
        assertThat(payloads(engine, "ab", 0)).containsExactly("ab 0");
    }

    @Test
    void a_sequence_number_is_given_once_and_none_is_left_out() {
        engine.appendEvents(event("a", 0));
        assertThatThrownBy(() -> engine.appendEvents(event("a", 0))).isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> engine.appendEvents(event("a", 2))).isInstanceOf(ConcurrencyException.class);
        assertThatThrownBy(() -> engine.appendEvents(event("b", 1))).isInstanceOf(ConcurrencyException.class);
        assertThat(positions(all(engine, null))).containsExactly(0L);
    }

    @Test
    void what_is_appended_together_is_there_whole_or_not_at_all() {
        engine.appendEvents(event("a", 0));
        assertThatThrownBy(() -> engine.appendEvents(event("b", 0), event("c", 0), event("a", 0)))
                .isInstanceOf(ConcurrencyException.class);
        assertThat(payloads(engine, "b", 0)).isEmpty();
        assertThat(payloads(engine, "c", 0)).isEmpty();
        engine.appendEvents(event("b", 0), event("c", 0), event("a", 1), event("b", 1));
        assertThat(payloads(engine, "b", 0)).containsExactly("b 0", "b 1");
        assertThat(positions(all(engine, null))).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void an_event_keeps_all_that_it_says() {
        var at = Instant.parse("2026-01-02T03:04:05.678Z");
        var meta = MetaData.with("actor", "ada").and("imported", true).and("reason", "wörds");
        engine.appendEvents(new GenericDomainEventMessage<>("thing", "a", 0, "payload", meta, "id-1", at));
        var read = engine.readEvents("a", 0).next();
        assertThat(read.getIdentifier()).isEqualTo("id-1");
        assertThat(read.getTimestamp()).isEqualTo(at);
        assertThat(read.getMetaData()).isEqualTo(meta);
        assertThat(read.getType()).isEqualTo("thing");
        assertThat(read.getPayload()).isEqualTo("payload");
    }

    @Test
    void an_event_of_no_aggregate_is_kept_too() {
        engine.appendEvents(new GenericEventMessage<>("loose"));
        assertThat(all(engine, null)).singleElement().satisfies(event -> assertThat(event.getPayload())
                .isEqualTo("loose"));
    }

    @Test
    void the_log_is_read_from_any_token() {
        for (int i = 0; i < 500; i++) {
            engine.appendEvents(event("a", i));
        }
        var events = all(engine, null);
        assertThat(positions(events)).isEqualTo(LongStream.range(0, 500).boxed().toList());
        for (var at : List.of(0, 127, 128, 129, 498, 499)) {
            assertThat(positions(all(engine, events.get(at).trackingToken())))
                    .isEqualTo(LongStream.range(at + 1, 500).boxed().toList());
        }
    }

    @Test
    void a_token_names_the_tail_the_head_or_a_time() {
        for (int i = 0; i < 10; i++) {
            var at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i);
            engine.appendEvents(
                    new GenericDomainEventMessage<>("thing", "a", i, "x", MetaData.emptyInstance(), "id" + i, at));
        }
        assertThat(all(engine, engine.createTailToken())).hasSize(10);
        assertThat(all(engine, engine.createHeadToken())).isEmpty();
        assertThat(positions(all(engine, engine.createTokenAt(Instant.parse("2026-01-01T00:00:07Z")))))
                .containsExactly(7L, 8L, 9L);
        assertThat(all(engine, engine.createTokenAt(Instant.parse("2027-01-01T00:00:00Z"))))
                .isEmpty();
        assertThat(all(engine, engine.createTokenAt(Instant.parse("2025-01-01T00:00:00Z"))))
                .hasSize(10);
    }

    @Test
    void a_token_at_a_time_begins_with_the_first_event_not_earlier_though_later_ones_may_be() {
        var seconds = List.of(5, 3, 8, 8, 1, 9);
        for (int i = 0; i < seconds.size(); i++) {
            engine.appendEvents(event("a", i, Instant.ofEpochSecond(seconds.get(i))));
        }
        assertThat(positions(all(engine, engine.createTokenAt(Instant.ofEpochSecond(4)))))
                .startsWith(0L);
        assertThat(positions(all(engine, engine.createTokenAt(Instant.ofEpochSecond(6)))))
                .containsExactly(2L, 3L, 4L, 5L);
        assertThat(positions(all(engine, engine.createTokenAt(Instant.ofEpochSecond(8)))))
                .containsExactly(2L, 3L, 4L, 5L);
        assertThat(positions(all(engine, engine.createTokenAt(Instant.ofEpochSecond(8, 1)))))
                .containsExactly(5L);
    }

    @Test
    void the_latest_snapshot_is_read() {
        engine.storeSnapshot(event("a", 3, "at three"));
        engine.storeSnapshot(event("a", 7, "at seven"));
        assertThat(engine.readSnapshot("a")).hasValueSatisfying(snapshot -> {
            assertThat(snapshot.getSequenceNumber()).isEqualTo(7);
            assertThat(snapshot.getPayload()).isEqualTo("at seven");
        });
        assertThat(engine.readSnapshot("b")).isEmpty();
    }

    @Test
    void a_large_event_is_kept() {
        var large = "x".repeat(2 << 20);
        engine.appendEvents(event("a", 0, large));
        assertThat(payloads(engine, "a", 0)).containsExactly(large);
    }

    @Test
    void many_threads_leave_no_gap_and_no_double() throws Exception {
        var threads = Executors.newFixedThreadPool(64);
        try {
            var works = IntStream.range(0, 64)
                    .mapToObj(number -> (Callable<Void>) () -> {
                        for (int i = 0; i < 25; i++) {
                            engine.appendEvents(event("own" + number, 2 * i), event("own" + number, 2 * i + 1));
                        }
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(works)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        var events = all(engine, null);
        assertThat(positions(events))
                .isEqualTo(LongStream.range(0, 64 * 50).boxed().toList());
        Map<String, Long> sequences = new HashMap<>();
        for (EventMessage<?> event : events) {
            var domain = (DomainEventMessage<?>) event;
            assertThat(domain.getSequenceNumber())
                    .isEqualTo(sequences.getOrDefault(domain.getAggregateIdentifier(), -1L) + 1);
            sequences.put(domain.getAggregateIdentifier(), domain.getSequenceNumber());
        }
    }

    @Test
    void of_many_who_append_the_same_one_wins() throws Exception {
        var threads = Executors.newFixedThreadPool(32);
        var won = new AtomicInteger();
        var lost = new AtomicInteger();
        try {
            var works = IntStream.range(0, 32)
                    .mapToObj(number -> (Callable<Void>) () -> {
                        for (int i = 0; i < 20; i++) {
                            try {
                                engine.appendEvents(event("hot", i));
                                won.incrementAndGet();
                            } catch (ConcurrencyException e) {
                                lost.incrementAndGet();
                            }
                        }
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(works)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(won.get() + lost.get()).isEqualTo(32 * 20);
        assertThat(payloads(engine, "hot", 0)).hasSize(won.get());
        assertThat(engine.lastSequenceNumberFor("hot")).contains(won.get() - 1L);
    }

    @Test
    void a_reader_beside_a_writer_sees_every_event_once_and_in_order() throws Exception {
        var writer = Executors.newSingleThreadExecutor();
        try {
            var written = writer.submit(() -> {
                for (int i = 0; i < 2_000; i++) {
                    engine.appendEvents(event("a", i));
                }
            });
            var seen = new ArrayList<Long>();
            TrackingToken token = null;
            while (seen.size() < 2_000) {
                for (var event : all(engine, token)) {
                    seen.add(event.trackingToken().position().orElseThrow());
                    token = event.trackingToken();
                }
            }
            written.get();
            assertThat(seen).isEqualTo(LongStream.range(0, 2_000).boxed().toList());
        } finally {
            writer.shutdownNow();
        }
    }

    @Test
    void closing_with_readers_open_ends_them_in_order() {
        for (int i = 0; i < 1_000; i++) {
            engine.appendEvents(event("a", i));
        }
        var stream = engine.readEvents((TrackingToken) null, false).iterator();
        stream.next();
        close(engine);
        assertThatThrownBy(
                        () -> stream.forEachRemaining(event -> assertThat(event).isNotNull()))
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> engine.appendEvents(event("a", 1_000))).hasMessageContaining("closed");
    }
}
