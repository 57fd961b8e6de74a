package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every keeper of the log promises, whatever it is made of: nothing here knows more than Axon's
 * {@link EventStorageEngine}. An engine that does not keep a promise says so by {@link NotKept}, and is held to that too.
 */
@ExtendWith(NotKept.Record.class)
public abstract class EventStoreContract
        implements AppendPromises, TokenPromises, ConcurrencyPromises, OpeningPromises {

    public static final Serializer SERIALIZER = Jackson3Serializer.builder().build();

    @TempDir
    protected Path folder;

    protected EventStorageEngine engine;

    /** Opens the log in that folder, which may have one already. */
    protected abstract EventStorageEngine open(Path folder);

    /** Closes it; once more does no harm. Nothing, where an engine can't be closed. */
    protected abstract void close(EventStorageEngine engine);

    @BeforeEach
    void openOne() {
        engine = open(folder);
    }

    @AfterEach
    void closeIt() {
        close(engine);
    }

    @Override
    public final EventStorageEngine engine() {
        return engine;
    }

    @Override
    public final void closeEngine() {
        close(engine);
    }

    @Override
    public final void reopenEngine() {
        close(engine);
        engine = open(folder);
    }

    /**
     * Appends events, and does something else at the last moment at which the engine lets others in before they are there.
     * An engine of transactions does it between its writes and their commit.
     */
    @Override
    public void appendAround(Runnable meanwhile, List<? extends EventMessage<?>> events) {
        meanwhile.run();
        engine.appendEvents(events);
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

    protected static List<Object> payloadsAfter(EventStorageEngine engine, TrackingToken token) {
        return all(engine, token).stream().<Object>map(EventMessage::getPayload).toList();
    }

    protected static List<Long> positions(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .map(event -> event.trackingToken().position().orElseThrow())
                .toList();
    }

    /** Each position is the one after that of the event before. */
    protected static void areGapless(List<TrackedEventMessage<?>> events, int many) {
        var positions = positions(events);
        assertThat(positions).hasSize(many);
        var first = positions.get(0);
        assertThat(positions)
                .isEqualTo(LongStream.range(first, first + many).boxed().toList());
    }

    /** All that an event of an aggregate says, beginning with which one's it is. */
    protected static String told(TrackedEventMessage<?> event) {
        var domain = (DomainEventMessage<?>) event;
        return domain.getAggregateIdentifier() + " " + domain.getType() + " " + domain.getSequenceNumber() + " "
                + event.trackingToken() + " " + event.getIdentifier() + " " + event.getTimestamp() + " "
                + event.getPayload() + " " + event.getMetaData();
    }
}
