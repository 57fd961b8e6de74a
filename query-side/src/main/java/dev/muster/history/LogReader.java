package dev.muster.history;

import dev.muster.message.Actor;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import dev.muster.message.Page;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads the log as readers see it. Where something is looked for, the index says where it is. Thread-safe. */
public final class LogReader {

    private final LogSource source;
    private final EventStore store;
    private final ViewStore<HistoryRow> index;
    private final LongSupplier last;
    private final JsonMapper json = JsonMappers.events(JsonMapper.builder()).build();

    public LogReader(LogSource source, EventStore store, ViewStore<HistoryRow> index) {
        this(source, store, index, () -> Long.MAX_VALUE);
    }

    private LogReader(LogSource source, EventStore store, ViewStore<HistoryRow> index, LongSupplier last) {
        this.source = source;
        this.store = store;
        this.index = index;
        this.last = last;
    }

    /**
     * A reader to whom the log ends there, whatever came later.
     *
     * @param last the position of the last event that it sees, asked for at each read; -1 for none
     */
    public LogReader upTo(LongSupplier last) {
        return new LogReader(source, store, index, last);
    }

    /**
     * Events that fit, in the order of the log.
     *
     * @param after the position after which to begin; -1 for the beginning
     * @param limit how many at most
     * @return with the position of the last event as what to ask the next page with; none if there is no more for now
     */
    public Page<HistoryEvent> read(EventFilter filter, long after, int limit) {
        var found = filter.isOpen()
                ? readAll(after, limit + 1)
                : filter.isOfEntity() ? readEntity(filter, after, limit + 1) : readIndexed(filter, after, limit + 1);
        var more = found.size() > limit;
        var items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? Long.toString(items.get(limit - 1).position()) : null);
    }

    private List<HistoryEvent> readAll(long after, int limit) {
        try (var events = source.after(tokenAt(after))) {
            return events.limit(limit)
                    .map(this::describe)
                    .takeWhile(event -> event.position() <= last.getAsLong())
                    .toList();
        }
    }

    /** An entity's events are found by the log itself, which is never behind. */
    private List<HistoryEvent> readEntity(EventFilter filter, long after, int limit) {
        try (var events = ofEntity(Objects.requireNonNull(filter.entity()))) {
            return events.map(this::describe)
                    .dropWhile(event -> event.position() <= after)
                    .filter(filter::matches)
                    .limit(limit)
                    .toList();
        }
    }

    private List<HistoryEvent> readIndexed(EventFilter filter, long after, int limit) {
        var found = new ArrayList<HistoryEvent>();
        for (var row : rows(filter.selection().atLeast("position", after + 1), limit)) {
            found.add(event(row));
        }
        return found;
    }

    /** The event at that position. */
    public Optional<HistoryEvent> at(long position) {
        var found = readAll(position - 1, 1);
        return found.stream().filter(event -> event.position() == position).findFirst();
    }

    /** The events of that entity, in their order, with the tokens that they have in the log; to be closed. */
    Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
        return source.ofEntity(entity).takeWhile(event -> position(event) <= last.getAsLong());
    }

    /** How many events there are to be read. */
    long head() {
        return last.getAsLong() < source.head() ? last.getAsLong() + 1 : source.head();
    }

    /** The position that a moment stands for; see {@link LogSource#positionAsOf}. */
    long positionAsOf(Instant moment) {
        return Math.min(source.positionAsOf(moment), last.getAsLong());
    }

    /** Whether the index has that version of that entity; what is named {@code task/t-42@8}. */
    public boolean isIndexed(String entityAtVersion) {
        return !rows(Selection.all().where("version", entityAtVersion), 1).isEmpty();
    }

    /** What the index has of the event that is named by its identifier, or as {@code task/t-42@8}. */
    Optional<HistoryRow> row(String event) {
        var byId = rows(Selection.all().where("event", event), 1);
        var found = byId.isEmpty() ? rows(Selection.all().where("version", event), 1) : byId;
        return found.stream().findFirst();
    }

    /** What the index has of some of the events, in the order of the log. Everything that is looked up goes this way. */
    List<HistoryRow> rows(Selection selection, int limit) {
        return index.find(selection.atMost("position", last.getAsLong()), limit, null)
                .items();
    }

    /** The event that the index has there. */
    HistoryEvent event(HistoryRow row) {
        try (var events = source.after(tokenAt(row.position() - 1))) {
            return events.takeWhile(event -> position(event) == row.position())
                    .filter(event -> event.getIdentifier().equals(row.event()))
                    .findFirst()
                    .map(this::describe)
                    .orElseThrow(() -> new IllegalStateException(
                            "The log has no event " + row.event() + " at " + row.position() + ", as the index has it"));
        }
    }

    /** Where the event of that identifier stands, as far as the index knows. */
    public OptionalLong positionOf(String eventId) {
        return rows(Selection.all().where("event", eventId), 1).stream()
                .mapToLong(HistoryRow::position)
                .findFirst();
    }

    /** Where the first event stands that fits, as far as the index knows; what is left out may be anything. */
    public OptionalLong firstOf(
            @Nullable String entity, @Nullable String type, @Nullable String actor, @Nullable String correlationId) {
        return rows(new EventFilter(entity, type, actor, correlationId).selection(), 1).stream()
                .mapToLong(HistoryRow::position)
                .findFirst();
    }

    /** Follows the log live; to be closed by who follows. */
    public Following follow(EventFilter filter, long after) {
        return new Following(store.openStream(tokenAt(after)), filter);
    }

    static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElse(-1);
    }

    private static @Nullable TrackingToken tokenAt(long position) {
        return position < 0 ? null : new GlobalSequenceTrackingToken(position);
    }

    /** The log from some position on, as it grows. Not thread-safe. */
    public final class Following implements AutoCloseable {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private final EventFilter filter;

        private Following(BlockingStream<TrackedEventMessage<?>> stream, EventFilter filter) {
            this.stream = stream;
            this.filter = filter;
        }

        /**
         * The next event that fits.
         *
         * @return nothing if there was none within that time
         */
        public Optional<HistoryEvent> next(Duration atMost) throws InterruptedException {
            var until = System.nanoTime() + atMost.toNanos();
            while (true) {
                var left = (int) Math.max(0, (until - System.nanoTime()) / 1_000_000);
                if (!stream.hasNextAvailable(left, TimeUnit.MILLISECONDS)) {
                    return Optional.empty();
                }
                var event = describe(stream.nextAvailable());
                if (filter.matches(event)) {
                    return Optional.of(event);
                }
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    /** An event as a reader sees it. */
    public HistoryEvent describe(TrackedEventMessage<?> event) {
        var meta = event.getMetaData();
        var domain = event instanceof DomainEventMessage<?> known ? known : null;
        var recordedAt = (String) meta.get(MetaKeys.RECORDED_AT);
        return new HistoryEvent(
                position(event),
                event.getIdentifier(),
                domain == null ? event.getIdentifier() : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                MessageNames.nameOf(event.getPayloadType()),
                event.getTimestamp(),
                recordedAt == null ? null : Instant.parse(recordedAt),
                Actor.of((String) meta.get(MetaKeys.ACTOR)).name(),
                (String) meta.get(MetaKeys.COMMAND_NAME),
                (String) meta.get(MetaKeys.COMMAND_ID),
                (String) meta.get(MetaKeys.CAUSATION_ID),
                (String) meta.get(MetaKeys.CORRELATION_ID),
                (String) meta.get(MetaKeys.REASON),
                Boolean.TRUE.equals(meta.get(MetaKeys.INFERRED)),
                json.valueToTree(event.getPayload()));
    }
}
