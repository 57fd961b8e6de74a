package dev.muster.history;

import dev.muster.message.MetaKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;

/** A log in a list, with its index. Each event happens a second after the one before. */
final class InMemoryLog implements LogSource {

    static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

    record Happened(String what) {}

    private final List<TrackedEventMessage<?>> events = new ArrayList<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final LogIndex index = new InMemoryLogIndex();
    private final AnnotationEventHandlerAdapter projection =
            new AnnotationEventHandlerAdapter(new HistoryProjection(index));

    LogReader reader() {
        var store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        return new LogReader(this, store, index);
    }

    /** An event whose identifier and content are that name. */
    InMemoryLog event(String id, String entity, String command, @Nullable String cause) {
        return event(id, entity, new Happened(id), command, cause);
    }

    InMemoryLog event(String id, String entity, Object payload, String command, @Nullable String cause) {
        var version = versions.merge(entity, 1L, Long::sum) - 1;
        return append(events.size(), version, id, entity, payload, command, cause);
    }

    /** Another part of the event that was stored last. */
    InMemoryLog part(String id) {
        var last = (DomainEventMessage<?>) events.get(events.size() - 1);
        var meta = last.getMetaData();
        return append(
                position(events.get(events.size() - 1)),
                last.getSequenceNumber(),
                id,
                last.getAggregateIdentifier(),
                new Happened(id),
                (String) meta.get(MetaKeys.COMMAND_ID),
                (String) meta.get(MetaKeys.CAUSATION_ID));
    }

    private InMemoryLog append(
            long position,
            long version,
            String id,
            String entity,
            Object payload,
            String command,
            @Nullable String cause) {
        var meta = new HashMap<String, Object>(Map.of(MetaKeys.ACTOR, "ada", MetaKeys.COMMAND_ID, command));
        if (cause != null) {
            meta.put(MetaKeys.CAUSATION_ID, cause);
        }
        var event = new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>(
                        entity.substring(0, entity.indexOf('/')),
                        entity,
                        version,
                        payload,
                        meta,
                        id,
                        BEGINNING.plusSeconds(position)));
        events.add(event);
        DefaultUnitOfWork.<EventMessage<?>>startAndGet(event).executeWithResult(() -> projection.handle(event));
        return this;
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
        var after = token == null ? -1 : token.position().orElseThrow();
        return events.stream().filter(event -> position(event) > after);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
        return events.stream()
                .filter(event ->
                        ((DomainEventMessage<?>) event).getAggregateIdentifier().equals(entity));
    }

    @Override
    public long head() {
        return events.isEmpty() ? 0 : position(events.get(events.size() - 1)) + 1;
    }

    @Override
    public long positionAsOf(Instant moment) {
        return Math.min(head() - 1, moment.getEpochSecond() - BEGINNING.getEpochSecond());
    }
}
