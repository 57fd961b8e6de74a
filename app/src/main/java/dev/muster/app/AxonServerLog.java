package dev.muster.app;

import dev.muster.history.HistoryRow;
import dev.muster.history.IndexSearch;
import dev.muster.history.IndexedBy;
import dev.muster.history.LogIndex;
import dev.muster.history.LogSource;
import dev.muster.view.ViewProgress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The log in Axon Server. It finds events by their positions only, so where an entity or a moment is asked for the index of
 * the log says where that is, as far as it was folded; the rest is looked through.
 */
final class AxonServerLog implements LogSource {

    /** How long an event is waited for that is known to be there. */
    private static final int PATIENCE_SECONDS = 10;

    private final EventStore store;
    private final Supplier<LogIndex> index;
    private final Supplier<ViewProgress> progress;

    /** @param index and {@code progress} are asked for when they are first needed, since they are made of this log */
    AxonServerLog(EventStore store, Supplier<LogIndex> index, Supplier<ViewProgress> progress) {
        this.store = store;
        this.index = index;
        this.progress = progress;
    }

    @Override
    public long head() {
        return position(store.createHeadToken()) + 1;
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    @Override
    public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
        var indexed = lastIndexed();
        var rows = index.get()
                .find(IndexSearch.all().where(IndexedBy.ENTITY, entity).upTo(indexed), Integer.MAX_VALUE);
        Stream<TrackedEventMessage<?>> known =
                rows.stream().map(HistoryRow::position).distinct().flatMap(position -> at(position).stream());
        var rest = after(indexed)
                .filter(event -> event instanceof DomainEventMessage<?> domain
                        && domain.getAggregateIdentifier().equals(entity));
        return Stream.concat(known, rest);
    }

    /** The event there, or all its parts. */
    private List<TrackedEventMessage<?>> at(long position) {
        try (var events = after(position - 1)) {
            return events.<TrackedEventMessage<?>>map(event -> event)
                    .takeWhile(event -> position(event.trackingToken()) == position)
                    .toList();
        }
    }

    @Override
    public long positionAsOf(Instant moment) {
        var indexed = lastIndexed();
        var later = index.get().firstLaterThan(moment);
        if (later.isPresent()) {
            return later.getAsLong() - 1;
        }
        try (var rest = after(indexed)) {
            return rest.filter(event -> event.getTimestamp().isAfter(moment))
                    .findFirst()
                    .map(event -> position(event.trackingToken()) - 1)
                    .orElseGet(() -> head() - 1);
        }
    }

    private long lastIndexed() {
        return progress.get().position();
    }

    private Stream<? extends TrackedEventMessage<?>> after(long position) {
        return after(position < 0 ? null : new GlobalSequenceTrackingToken(position));
    }

    /** The events after that token up to where the log ends now. */
    @Override
    public Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
        var head = store.createHeadToken();
        if (head == null || token != null && token.covers(head)) {
            return Stream.empty();
        }
        var stream = store.openStream(token);
        return Stream.<@Nullable TrackedEventMessage<?>>iterate(
                        next(stream),
                        Objects::nonNull,
                        event -> event == null || isLast(event, head, stream) ? null : next(stream))
                .onClose(stream::close);
    }

    /** Whether nothing follows up to there, also no further part of the event: those come at once. */
    private static boolean isLast(
            TrackedEventMessage<?> event, TrackingToken head, BlockingStream<TrackedEventMessage<?>> stream) {
        return event.trackingToken().covers(head)
                && stream.peek()
                        .filter(next -> next.trackingToken().equals(event.trackingToken()))
                        .isEmpty();
    }

    private static TrackedEventMessage<?> next(BlockingStream<TrackedEventMessage<?>> stream) {
        try {
            if (stream.hasNextAvailable(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return stream.nextAvailable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stream.close();
        throw new EventStoreException("Axon Server has not sent the next event of the log, which it has, within "
                + PATIENCE_SECONDS + " s. See whether it can be reached.");
    }
}
