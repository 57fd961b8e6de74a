package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of one entity, and the events as they are stored. */
class StoredEventsTest {

    @TempDir
    Path folder;

    private RocksEventStorageEngine engine;

    /** Makes two of each event, and says what they say in capitals. */
    private static final EventUpcaster TWICE = events -> events.flatMap(event -> Stream.of(shout(event), shout(event)));

    private static IntermediateEventRepresentation shout(IntermediateEventRepresentation event) {
        return event.upcastPayload(
                new SimpleSerializedType(String.class.getName(), "2"), byte[].class, payload -> new String(
                                payload, StandardCharsets.UTF_8)
                        .toUpperCase()
                        .getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void open() {
        engine = RocksEventStorageEngine.builder(
                        folder.resolve("log"), EventStoreContract.SERIALIZER, EventStoreContract.SERIALIZER)
                .upcasterChain(TWICE)
                .build();
        Logs.append(engine, new Random(9), 700);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void events_of_an_entity_are_those_that_the_whole_log_has_of_it() {
        List<?> ofTheLog;
        try (var events = engine.readEvents((TrackingToken) null, false)) {
            ofTheLog = events.map(EventStoreContract::told)
                    .filter(told -> told.startsWith("a1 "))
                    .toList();
        }
        try (var events = engine.readEntity("a1")) {
            assertThat(events.map(EventStoreContract::told))
                    .hasSizeGreaterThan(400)
                    .isEqualTo(ofTheLog);
        }
        assertThat(engine.readEntity("nobody")).isEmpty();
    }

    @Test
    void an_event_of_an_entity_is_deserialized_when_it_is_looked_at() {
        engine.appendStored(List.of(unreadable("b", 0)));
        var event = engine.readEntity("b").findFirst().orElseThrow();
        assertThat(event.trackingToken().position()).hasValue(700);
        assertThatThrownBy(event::getPayload).isInstanceOf(SerializationException.class);
    }

    private static StoredEvent unreadable(String aggregate, long sequence) {
        return new StoredEvent(
                -1,
                "unreadable " + sequence,
                Instant.EPOCH,
                "thing",
                aggregate,
                sequence,
                String.class.getName(),
                "7",
                "{}".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_is_stored_is_read_as_it_was_written_before_any_upcaster() {
        try (var events = engine.stored(0)) {
            assertThat(events.map(event -> new String(event.payload(), StandardCharsets.UTF_8)))
                    .isEqualTo(LongStream.range(0, 700)
                            .mapToObj(position -> "\"event " + position + "\"")
                            .toList());
        }
        assertThat(engine.stored(698).map(StoredEvent::position)).containsExactly(698L, 699L);
        assertThat(engine.stored(700)).isEmpty();
        assertThat(engine.storedAt(3)).hasValueSatisfying(event -> {
            assertThat(event.eventId()).isEqualTo("id-3");
            assertThat(event.payloadType()).isEqualTo(String.class.getName());
            assertThat(event.revision()).isNull();
            assertThat(event.aggregateType()).isEqualTo("thing");
        });
        assertThat(engine.storedAt(700)).isEmpty();
        assertThat(engine.storedAt(-1)).isEmpty();
    }

    @Test
    void what_is_stored_of_an_entity_is_read_from_any_position() {
        var all = engine.stored(0)
                .filter(event -> event.aggregateId().equals("a2"))
                .toList();
        for (long from : List.of(0L, 1L, 50L, 350L, 699L, 700L)) {
            assertThat(engine.stored("a2", from).toList())
                    .isEqualTo(all.stream()
                            .filter(event -> event.position() >= from)
                            .toList());
        }
        assertThat(engine.stored("nobody", 0)).isEmpty();
    }

    @Test
    void events_are_copied_as_they_are_to_another_log() {
        engine.appendEvents(new GenericEventMessage<>("loose"));
        try (var other = Logs.open(folder.resolve("other"))) {
            engine.stored(0).forEach(event -> other.appendStored(List.of(event)));
            assertThat(other.stored(0).toList()).isEqualTo(engine.stored(0).toList());
            assertThat(other.positionAsOf(Instant.EPOCH)).isEqualTo(engine.positionAsOf(Instant.EPOCH));
            assertThatThrownBy(() -> other.appendStored(List.of(unreadable("b", 1))))
                    .isInstanceOf(ConcurrencyException.class);
        }
    }
}
