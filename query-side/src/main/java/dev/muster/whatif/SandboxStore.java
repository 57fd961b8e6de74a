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
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox appends, on top of a changed history. It is kept in memory, and nowhere else; but for that it promises what
 * every keeper of the log does. Thread-safe.
 */
final class SandboxStore implements EventStorageEngine {

    private final AlteredLog history;
    private final long last;
    private final List<TrackedEventMessage<?>> appended = new ArrayList<>();
    private final Map<String, List<DomainEventMessage<?>>> byEntity = new HashMap<>();
    private final Map<String, DomainEventMessage<?>> snapshots = new HashMap<>();
    private int taken;

    /** @param last the position after which the sandbox goes on */
    SandboxStore(AlteredLog history, long last) {
        this.history = history;
        this.last = last;
    }

    @Override
    public synchronized void appendEvents(List<? extends EventMessage<?>> events) {
        mustFollow(events);
        for (var event : events) {
            var token = new GlobalSequenceTrackingToken(last + 1 + appended.size());
            if (event instanceof DomainEventMessage<?> domain) {
                appended.add(new GenericTrackedDomainEventMessage<>(token, domain));
                byEntity.computeIfAbsent(domain.getAggregateIdentifier(), entity -> new ArrayList<>())
                        .add(domain);
            } else {
                appended.add(new GenericTrackedEventMessage<>(token, event));
            }
        }
    }

    private void mustFollow(List<? extends EventMessage<?>> events) {
        var next = new HashMap<String, Long>();
        for (var event : events) {
            if (event instanceof DomainEventMessage<?> domain) {
                var entity = domain.getAggregateIdentifier();
                var expected = next.computeIfAbsent(
                        entity, each -> lastSequenceNumberFor(each).orElse(-1L) + 1);
                if (domain.getSequenceNumber() != expected) {
                    throw new ConcurrencyException("The stream " + entity + " goes on with " + expected);
                }
                next.put(entity, expected + 1);
            }
        }
    }

    /** What was appended since this was asked last. */
    synchronized List<TrackedEventMessage<?>> takeNew() {
        var fresh = List.copyOf(appended.subList(taken, appended.size()));
        taken = appended.size();
        return fresh;
    }

    /** Everything that was appended. */
    synchronized List<TrackedEventMessage<?>> appended() {
        return List.copyOf(appended);
    }

    @Override
    public synchronized DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        var events = new ArrayList<DomainEventMessage<?>>();
        try (var earlier = history.ofEntity(aggregateIdentifier)) {
            earlier.forEach(event -> events.add((DomainEventMessage<?>) event));
        }
        events.addAll(byEntity.getOrDefault(aggregateIdentifier, List.of()));
        events.removeIf(event -> event.getSequenceNumber() < firstSequenceNumber);
        return DomainEventStream.of(events);
    }

    @Override
    public synchronized Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
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
        var after = token == null ? -1 : position(token);
        return after < last
                ? Stream.concat(history.events(), appended().stream())
                        .filter(event -> position(event.trackingToken()) > after)
                : appendedAfter(after).stream();
    }

    private synchronized List<TrackedEventMessage<?>> appendedAfter(long position) {
        return List.copyOf(appended.subList((int) Math.min(appended.size(), position - last), appended.size()));
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    @Override
    public synchronized Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.ofNullable(snapshots.get(aggregateIdentifier));
    }

    /** As it is, not a copy; an aggregate that is loaded from it twice is one and the same, so a sandbox takes none. */
    @Override
    public synchronized void storeSnapshot(DomainEventMessage<?> snapshot) {
        snapshots.put(snapshot.getAggregateIdentifier(), snapshot);
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public synchronized @Nullable TrackingToken createHeadToken() {
        return before(last + 1 + appended.size());
    }

    /** A token that begins with the first event that is not earlier than that. */
    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        try (var events = readEvents(null, false)) {
            var first = events.filter(event -> !event.getTimestamp().isBefore(dateTime))
                    .findFirst();
            return first.isPresent() ? before(position(first.get().trackingToken())) : createHeadToken();
        }
    }

    private static @Nullable TrackingToken before(long position) {
        return position <= 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }
}
