package dev.muster.history;

import dev.muster.evolution.EventPart;
import dev.muster.message.Actor;
import dev.muster.message.EventContent;
import dev.muster.message.MetaKeys;
import dev.muster.message.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
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

/** Reads the log as readers see it. Where something is looked for, the index says where it is. Thread-safe. */
public final class LogReader {

    /** How many events are looked at for one slice of the log. */
    private static final int LOOKED_AT = 10_000;

    private final LogSource source;
    private final EventStore store;
    private final LogIndex index;
    private final LongSupplier last;

    public LogReader(LogSource source, EventStore store, LogIndex index) {
        this(source, store, index, () -> Long.MAX_VALUE);
    }

    private LogReader(LogSource source, EventStore store, LogIndex index, LongSupplier last) {
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
     * Events that fit, in the order of the log. A page never ends between the parts of a split event, which share their
     * position.
     *
     * @param after the position after which to begin; -1 for the beginning
     * @param limit how many at most, and the parts that belong to the last one
     * @return with the position of the last event as what to ask the next page with; none if there is no more for now
     */
    public Page<HistoryEvent> read(EventFilter filter, long after, int limit) {
        try (var events = events(filter, after, limit + 1)) {
            return page(events.iterator(), limit);
        }
    }

    private static Page<HistoryEvent> page(Iterator<HistoryEvent> events, int limit) {
        var items = new ArrayList<HistoryEvent>();
        while (events.hasNext()) {
            var event = events.next();
            if (items.size() >= limit) {
                var last = items.get(items.size() - 1).position();
                if (event.position() != last) {
                    return new Page<>(items, Long.toString(last));
                }
            }
            items.add(event);
        }
        return new Page<>(items, null);
    }

    /** @param atOnce of how many the index is asked at a time */
    private Stream<HistoryEvent> events(EventFilter filter, long after, int atOnce) {
        if (filter.isOpen()) {
            return known(source.after(tokenAt(after)), after).filter(filter::matches);
        }
        if (filter.isOfEntity()) {
            // Found by the log itself, which is never behind.
            return known(ofEntity(Objects.requireNonNull(filter.entity())), after)
                    .filter(filter::matches);
        }
        return Stream.<List<HistoryRow>>iterate(
                        rows(filter.search().from(after + 1), atOnce),
                        rows -> !rows.isEmpty(),
                        rows -> rows.size() < atOnce
                                ? List.of()
                                : rows(
                                        filter.search()
                                                .from(rows.get(rows.size() - 1).position() + 1),
                                        atOnce))
                .flatMap(List::stream)
                .filter(row -> filter.hasType(row.type()))
                .map(this::event);
    }

    /**
     * Events that fit of a piece of the log, which is bounded by how many events are looked at and by how many are found. So
     * whoever reads on from where it ended gets to the end of the log also where next to nothing fits.
     *
     * @param after the position after which to begin; -1 for the beginning
     * @param most how many events it has at most, and the parts that belong to the last one
     */
    public LogSlice slice(EventFilter filter, long after, int most) {
        if (filter.isNarrow()) {
            var page = read(filter, after, most).items();
            return new LogSlice(
                    page, page.isEmpty() ? after : page.get(page.size() - 1).position());
        }
        var found = new ArrayList<HistoryEvent>();
        var reached = after;
        try (var events = source.after(tokenAt(after))) {
            var looked = 0;
            for (var each = events.iterator(); each.hasNext(); looked++) {
                var event = each.next();
                var at = position(event);
                if (at > last.getAsLong() || at > reached && (looked >= LOOKED_AT || found.size() >= most)) {
                    break;
                }
                reached = Math.max(reached, at);
                if (at > after && filter.hasType(EventContent.nameOf(event))) {
                    var described = describe(event);
                    if (filter.matches(described)) {
                        found.add(described);
                    }
                }
            }
        }
        return new LogSlice(found, reached);
    }

    /** The event at that position that has that number among the parts of the stored one; none if there is none. */
    public Optional<HistoryEvent> at(long position, int part) {
        try (var events = source.after(tokenAt(position - 1))) {
            return events.takeWhile(event -> position(event) == position)
                    .filter(event -> EventPart.parse(event.getIdentifier()).number() == part)
                    .findFirst()
                    .map(this::describe);
        }
    }

    private Stream<HistoryEvent> known(Stream<? extends TrackedEventMessage<?>> events, long after) {
        return events.map(this::describe)
                .dropWhile(event -> event.position() <= after)
                .takeWhile(event -> event.position() <= last.getAsLong());
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
        return !rows(IndexSearch.all().where(IndexedBy.VERSION, entityAtVersion), 1)
                .isEmpty();
    }

    /** What the index has of the event that is named by its identifier, or as {@code task/t-42@8}. */
    Optional<HistoryRow> row(String event) {
        var byId = rows(IndexSearch.all().where(IndexedBy.EVENT, event), 1);
        var found = byId.isEmpty() ? rows(IndexSearch.all().where(IndexedBy.VERSION, event), 1) : byId;
        return found.stream().findFirst();
    }

    /** What the index has of some of the events, in the order of the log. Everything that is looked up goes this way. */
    List<HistoryRow> rows(IndexSearch search, int limit) {
        return index.find(search.upTo(last.getAsLong()), limit);
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

    /** The event that is named by its identifier, or as {@code task/t-42@8}; none if the index does not know it. */
    public Optional<HistoryEvent> find(String event) {
        return row(event).map(this::event);
    }

    /** Where the event of that identifier stands, as far as the index knows. */
    public OptionalLong positionOf(String eventId) {
        return rows(IndexSearch.all().where(IndexedBy.EVENT, eventId), 1).stream()
                .mapToLong(HistoryRow::position)
                .findFirst();
    }

    /** Where the first event stands that fits, as far as the index knows; what is left out may be anything. */
    public OptionalLong firstOf(
            @Nullable String entity, @Nullable String type, @Nullable String actor, @Nullable String correlationId) {
        return rows(new EventFilter(entity, type, actor, correlationId).search(), 1).stream()
                .mapToLong(HistoryRow::position)
                .findFirst();
    }

    /** Follows the log live; to be closed by who follows. */
    public Following follow(EventFilter filter, LogPoint after) {
        return new Following(store.openStream(tokenAt(after.lastWhole())), filter, after);
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
        private LogPoint reached;

        /** Where the parts of a split event begin that are passed over; nowhere once they are. */
        private @Nullable LogPoint passingOver;

        private Following(BlockingStream<TrackedEventMessage<?>> stream, EventFilter filter, LogPoint after) {
            this.stream = stream;
            this.filter = filter;
            this.reached = after;
            this.passingOver = after.part() == 0 ? null : after;
        }

        /** How far it has come, to go on from there another time: behind the last event that was handed out. */
        public LogPoint reached() {
            return reached;
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
                if (!isPassedOver(event) && filter.matches(event)) {
                    reached = pointOf(event);
                    return Optional.of(event);
                }
            }
        }

        /** The parts up to the one that was handed out before, in the order of the log. */
        private boolean isPassedOver(HistoryEvent event) {
            if (passingOver == null || event.position() != passingOver.position()) {
                passingOver = null;
                return false;
            }
            if (EventPart.parse(event.id()).number() == passingOver.part()) {
                passingOver = null;
            }
            return true;
        }

        /** Only behind its last part an event has been handed out. All parts come at once. */
        private LogPoint pointOf(HistoryEvent event) {
            var more = stream.peek()
                    .filter(next -> position(next) == event.position())
                    .isPresent();
            return new LogPoint(
                    event.position(), more ? EventPart.parse(event.id()).number() : 0);
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
                EventContent.nameOf(event),
                event.getTimestamp(),
                recordedAt == null ? null : Instant.parse(recordedAt),
                Actor.of((String) meta.get(MetaKeys.ACTOR)).name(),
                (String) meta.get(MetaKeys.AUTH_ID),
                (String) meta.get(MetaKeys.COMMAND_NAME),
                (String) meta.get(MetaKeys.COMMAND_ID),
                (String) meta.get(MetaKeys.CAUSATION_ID),
                (String) meta.get(MetaKeys.CORRELATION_ID),
                (String) meta.get(MetaKeys.REASON),
                Boolean.TRUE.equals(meta.get(MetaKeys.INFERRED)),
                EventContent.json(event));
    }
}
