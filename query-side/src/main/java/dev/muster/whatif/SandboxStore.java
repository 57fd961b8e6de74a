package dev.muster.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** What a sandbox appends, on top of a changed history. It is kept in memory, and nowhere else. Not thread-safe. */
final class SandboxStore implements EventStorageEngine {

    private final AlteredLog history;
    private final long last;
    private final List<TrackedEventMessage<?>> appended = new ArrayList<>();
    private final Map<String, List<DomainEventMessage<?>>> byEntity = new HashMap<>();
    private int taken;

    /** @param last the position after which the sandbox goes on */
    SandboxStore(AlteredLog history, long last) {
        this.history = history;
        this.last = last;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        for (var event : events) {
            if (event instanceof DomainEventMessage<?> domain) {
                append(domain);
            } else {
                throw new IllegalArgumentException("A sandbox takes events of aggregates only, but not " + event);
            }
        }
    }

    private void append(DomainEventMessage<?> event) {
        var expected = lastSequenceNumberFor(event.getAggregateIdentifier()).orElse(-1L) + 1;
        if (event.getSequenceNumber() != expected) {
            throw new ConcurrencyException(
                    "The stream " + event.getAggregateIdentifier() + " goes on with " + expected);
        }
        var token = new GlobalSequenceTrackingToken(last + 1 + appended.size());
        appended.add(new GenericTrackedDomainEventMessage<>(token, event));
        byEntity.computeIfAbsent(event.getAggregateIdentifier(), entity -> new ArrayList<>())
                .add(event);
    }

    /** What was appended since this was asked last. */
    List<TrackedEventMessage<?>> takeNew() {
        var fresh = List.copyOf(appended.subList(taken, appended.size()));
        taken = appended.size();
        return fresh;
    }

    /** Everything that was appended. */
    List<TrackedEventMessage<?>> appended() {
        return List.copyOf(appended);
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        var events = new ArrayList<DomainEventMessage<?>>();
        try (var earlier = history.ofEntity(aggregateIdentifier)) {
            earlier.forEach(event -> events.add((DomainEventMessage<?>) event));
        }
        events.addAll(byEntity.getOrDefault(aggregateIdentifier, List.of()));
        events.removeIf(event -> event.getSequenceNumber() < firstSequenceNumber);
        return DomainEventStream.of(events);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        var appendedHere = byEntity.get(aggregateIdentifier);
        if (appendedHere != null) {
            return Optional.of(appendedHere.get(appendedHere.size() - 1).getSequenceNumber());
        }
        try (var earlier = history.ofEntity(aggregateIdentifier)) {
            return earlier.map(event -> ((DomainEventMessage<?>) event).getSequenceNumber())
                    .max(Long::compare);
        }
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        var after = token == null ? -1 : token.position().orElse(-1);
        return Stream.concat(history.events(), appended.stream())
                .filter(event -> event.trackingToken().position().orElse(-1) > after);
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        // What is gone in a moment needs none.
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(last + appended.size());
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        throw new UnsupportedOperationException("Nobody follows a sandbox.");
    }
}
