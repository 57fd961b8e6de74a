package dev.muster.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.message.EventSerializer;
import dev.muster.message.MessageNames;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a copy makes of a log, and what it tells of it. */
class LogCopyTest {

    private static final int EVENTS = 2_500;

    @TempDir
    Path folder;

    private RocksEventStorageEngine old;
    private int copies;

    @BeforeEach
    void makeALogOfThreeItemsThatAreCountedByTurns() {
        old = open("old");
        var events = new ArrayList<StoredEvent>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(new StoredEvent(
                    -1,
                    "id-" + i,
                    Instant.ofEpochSecond(i, 5),
                    "item",
                    "item/" + i % 3,
                    i / 3,
                    "ItemCounted",
                    "1",
                    json("{\"count\":" + i + ".50}"),
                    json("{\"actor\":\"ada\"}")));
        }
        old.appendStored(events);
    }

    @AfterEach
    void close() {
        old.close();
    }

    private RocksEventStorageEngine open(String name) {
        var serializer = EventSerializer.of(MessageNames.of(Set.of()));
        return RocksEventStorageEngine.builder(folder.resolve(name), serializer, serializer)
                .build();
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Outcome(LogCopy.Copied copied, List<StoredEvent> events) {
        private List<String> ids() {
            return events.stream().map(StoredEvent::eventId).toList();
        }
    }

    private Outcome copy(LogTransformation transformation) {
        try (var fresh = open("new" + copies++)) {
            var copied = LogCopy.copy(old, fresh, transformation, read -> {});
            WrittenLog.check(fresh, copied);
            return new Outcome(copied, fresh.stored(0).toList());
        }
    }

    private static void isGapless(List<StoredEvent> events) {
        var next = new HashMap<String, Long>();
        for (var event : events) {
            assertThat(event.sequence()).as(event.toString()).isEqualTo(next.getOrDefault(event.aggregateId(), 0L));
            next.put(event.aggregateId(), event.sequence() + 1);
        }
    }

    @Test
    void without_a_transformation_all_is_as_it_was() {
        var outcome = copy(log -> log);
        assertThat(outcome.events()).isEqualTo(old.stored(0).toList());
        assertThat(outcome.copied().unchanged()).isEqualTo(EVENTS);
        assertThat(List.of(
                        outcome.copied().rewritten(),
                        outcome.copied().made(),
                        outcome.copied().dropped()))
                .containsOnly(0L);
    }

    @Test
    void what_is_left_out_and_rewritten_is_counted_and_the_numbers_have_no_gap() {
        var outcome = copy(log -> log.filter(event -> event.position() % 5 != 0)
                .map(event -> event.position() % 5 == 1 ? event.withData(data -> data.put("unit", "kg")) : event));
        assertThat(outcome.copied())
                .extracting(LogCopy.Copied::read, LogCopy.Copied::written, LogCopy.Copied::dropped)
                .containsExactly(2_500L, 2_000L, 500L);
        assertThat(outcome.copied())
                .extracting(LogCopy.Copied::rewritten, LogCopy.Copied::unchanged)
                .containsExactly(500L, 1_500L);
        isGapless(outcome.events());
        assertThat(new String(outcome.events().get(0).payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"count\":1.50,\"unit\":\"kg\"}");
        assertThat(outcome.events().get(0).time()).isEqualTo(Instant.ofEpochSecond(1, 5));
    }

    /** Of each two counts of an item one, with what the second says; a single one at the end is kept. */
    private static final class InPairs implements LogTransformation {

        private final Map<String, LogEvent> first = new HashMap<>();

        @Override
        public Stream<LogEvent> apply(Stream<LogEvent> log) {
            Stream<LogEvent> pairs = log.mapMulti((event, out) -> {
                var before = first.remove(event.entity());
                if (before == null) {
                    first.put(event.entity(), event);
                } else {
                    out.accept(before.withType("ItemCountedTwice", "1")
                            .withTime(event.time())
                            .withData(data -> data.set("second", event.data().get("count"))));
                }
            });
            return Stream.concat(pairs, Stream.of(0).flatMap(end -> first.values().stream()));
        }
    }

    @Test
    void events_are_merged() {
        var outcome = copy(new InPairs());
        isGapless(outcome.events());
        assertThat(outcome.events()).hasSize(1_251);
        assertThat(outcome.copied().dropped()).isEqualTo(1_249);
        assertThat(outcome.copied().unchanged()).isEqualTo(2);
        var merged = outcome.events().get(0);
        assertThat(merged.payloadType()).isEqualTo("ItemCountedTwice");
        assertThat(merged.eventId()).isEqualTo("id-0");
        assertThat(new String(merged.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"count\":0.50,\"second\":3.50}");
    }

    @Test
    void events_are_reordered() {
        var outcome = copy(log -> log.sorted(
                Comparator.comparing(LogEvent::entity).thenComparing(LogEvent::time, Comparator.reverseOrder())));
        isGapless(outcome.events());
        assertThat(outcome.ids()).startsWith("id-2499", "id-2496").endsWith("id-5", "id-2");
        assertThat(outcome.copied().unchanged()).isEqualTo(EVENTS);
        assertThat(outcome.events().get(0).sequence()).isZero();
    }

    @Test
    void what_is_made_has_the_same_identifiers_in_each_copy() {
        LogTransformation twice = log -> log.flatMap(event -> Stream.of(
                event,
                LogEvent.made(event.time(), "shelf", "shelf/" + event.entity(), "ShelfSeen", null)
                        .withData(data -> data.put("of", event.id()))));
        var one = copy(twice);
        assertThat(one.copied().made()).isEqualTo(EVENTS);
        assertThat(one.ids()).doesNotHaveDuplicates();
        isGapless(one.events());
        assertThat(copy(twice).copied()).isEqualTo(one.copied());
    }

    @Test
    void an_identifier_is_given_once() {
        assertThatThrownBy(() -> copy(log -> log.flatMap(event -> Stream.of(event, event))))
                .isInstanceOf(TransformException.class)
                .hasMessageContaining("id-0");
    }

    @Test
    void an_entity_is_of_one_type() {
        assertThatThrownBy(() ->
                        copy(log -> log.map(event -> event.withEntity("item" + event.position(), event.entity()))))
                .isInstanceOf(TransformException.class)
                .hasMessageContaining("type item0");
    }

    @Test
    void a_transformation_that_fails_is_told_with_where_it_was() {
        assertThatThrownBy(() -> copy(log -> log.peek(event -> {
                    if (event.position() == 42) {
                        throw new IllegalStateException("no such luck");
                    }
                })))
                .isInstanceOf(TransformException.class)
                .hasMessageContaining("up to position 42")
                .hasMessageContaining("no such luck");
    }

    @Test
    void a_log_that_is_not_what_was_written_is_found() {
        try (var fresh = open("other")) {
            var copied = LogCopy.copy(old, fresh, log -> log, read -> {});
            fresh.appendStored(List.of(new StoredEvent(
                    -1, "more", Instant.EPOCH, "item", "item/9", 0, "ItemCounted", "1", json("{}"), json("{}"))));
            assertThatThrownBy(() -> WrittenLog.check(fresh, copied)).isInstanceOf(TransformException.class);
        }
    }
}
