package dev.muster.index;

import dev.muster.evolution.EventPart;
import dev.muster.history.HistoryRow;
import dev.muster.history.LogIndex;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.message.MetaKeys;
import dev.muster.view.ViewChanges;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.jspecify.annotations.Nullable;

/** A log in a list, how far the views have folded it, and the folding of its index beside them. */
final class FoldedLog implements LogSource, LogOrigin {

    static final Instant BEGINNING = Instant.parse("2026-03-01T10:00:00Z");

    record Begun() {}

    record Ended() {}

    private final UUID identity;
    private final List<TrackedEventMessage<?>> events;
    private final Map<String, Long> versions = new HashMap<>();
    private long head;
    private long reached = -1;

    FoldedLog() {
        this(UUID.randomUUID(), List.of());
    }

    private FoldedLog(UUID identity, List<TrackedEventMessage<?>> events) {
        this.identity = identity;
        this.events = new ArrayList<>(events);
        this.head = events.isEmpty() ? 0 : position(events.get(events.size() - 1)) + 1;
    }

    /** A log of another identity with the same events. */
    FoldedLog copy() {
        return new FoldedLog(UUID.randomUUID(), events);
    }

    /** The same log as it was when it had so many events. */
    FoldedLog upTo(long newHead) {
        return new FoldedLog(
                identity,
                events.stream().filter(event -> position(event) < newHead).toList());
    }

    /** What an event has beside its content; what is null is absent. */
    record Marks(
            String actor,
            @Nullable String correlation,
            @Nullable String cause,
            @Nullable String command) {}

    FoldedLog event(String entity, String command) {
        return event(entity, new Begun(), new Marks("ada", null, null, command), BEGINNING.plusSeconds(head), 1);
    }

    /** An event that is read as so many. */
    FoldedLog event(String entity, Object payload, Marks marks, Instant time, int parts) {
        var id = UUID.randomUUID().toString();
        var version = versions.merge(entity, 1L, Long::sum) - 1;
        var meta = new HashMap<String, Object>();
        meta.put(MetaKeys.ACTOR, marks.actor);
        meta.put(MetaKeys.CORRELATION_ID, marks.correlation);
        meta.put(MetaKeys.CAUSATION_ID, marks.cause);
        meta.put(MetaKeys.COMMAND_ID, marks.command);
        for (int part = 1; part <= parts; part++) {
            events.add(new GenericTrackedDomainEventMessage<>(
                    new GlobalSequenceTrackingToken(head),
                    new GenericDomainEventMessage<>(
                            "item", entity, version, payload, meta, new EventPart(id, part).identifier(), time)));
        }
        head++;
        return this;
    }

    FoldedLog events(int howMany) {
        for (int i = 0; i < howMany; i++) {
            event("item/" + head % 7, UUID.randomUUID().toString());
        }
        return this;
    }

    List<HistoryRow> rows() {
        return events.stream()
                .map(event -> HistoryRow.of(event, event.trackingToken()))
                .toList();
    }

    List<HistoryRow> rowsUpTo(long position) {
        return rows().stream().filter(row -> row.position() <= position).toList();
    }

    // ---- the views

    RocksLogIndex open(Path folder) {
        return open(folder, "");
    }

    RocksLogIndex open(Path folder, String formOfEvents) {
        return new LogIndexFolder(folder, this, formOfEvents).open(() -> reached, new ViewChanges());
    }

    /** Where the views stand. */
    long reached() {
        return reached;
    }

    void standAt(long position) {
        reached = position;
    }

    /** Folds the next events in one unit of work, which the views commit. */
    void fold(LogIndex index, long upTo) {
        foldWithoutCommit(index, upTo, false);
        reached = upTo;
    }

    /** Folds the next events into the index, and then the views fail, or are killed. */
    void foldWithoutCommit(LogIndex index, long upTo, boolean fail) {
        var batch = new ArrayList<EventMessage<?>>();
        for (var event : events) {
            if (position(event) > reached && position(event) <= upTo) {
                batch.add(event);
            }
        }
        var unitOfWork = new BatchingUnitOfWork<>(batch);
        var result = unitOfWork.executeWithResult(
                () -> {
                    var event = (TrackedEventMessage<?>) unitOfWork.getMessage();
                    index.put(HistoryRow.of(event, event.trackingToken()));
                    if (fail) {
                        unitOfWork.onCommit(u -> {
                            throw new IllegalStateException("The commit fails");
                        });
                    }
                    return null;
                },
                RollbackConfigurationType.ANY_THROWABLE);
        if (result.isExceptional() != fail) {
            throw new AssertionError(
                    "The unit of work ended otherwise",
                    result.optionalExceptionResult().orElse(null));
        }
    }

    // ---- the log

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
        return head;
    }

    @Override
    public long positionAsOf(Instant moment) {
        // What is tested is that the index needs no such answer of the log.
        throw new UnsupportedOperationException("The index answers that");
    }

    @Override
    public UUID identity() {
        return identity;
    }

    @Override
    public Optional<String> eventIdAt(long position) {
        return events.stream()
                .filter(event -> position(event) == position)
                .map(EventMessage::getIdentifier)
                .findFirst()
                .map(id -> id);
    }

    @Override
    public Instant lastTime() {
        return events.get(events.size() - 1).getTimestamp();
    }
}
