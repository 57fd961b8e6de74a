package dev.muster.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Axon's storage engine on RocksDB, in one folder that one process has open.
 *
 * <p>What is promised: an append returns when its events are synced to the disk; all events of one append are there or
 * none; the events of an aggregate have consecutive sequence numbers from 0, and an append that expected others is refused
 * with a {@link org.axonframework.modelling.command.ConcurrencyException}; positions are consecutive from 0, and no reader
 * sees an event before one with a lower position. A record that is not what was written ends a read with a
 * {@link DamagedRecordException}. Thread-safe.
 */
public final class RocksEventStorageEngine extends AbstractEventStorageEngine implements AutoCloseable {

    private final RocksFolder folder;
    private final LogReads reads;
    private final LogTail tail = new LogTail();
    private final SharedMessages shared = new SharedMessages(tail, this::messages);
    private final AcknowledgedHead acknowledged;
    private final Appender appender;
    private boolean closed;

    private RocksEventStorageEngine(Builder builder) {
        super(builder);
        folder = new RocksFolder(builder.folder, builder.settings);
        reads = new LogReads(folder);
        try {
            var head = reads.end();
            var latest = reads.read(this::latest);
            acknowledged = AcknowledgedHead.open(builder.folder, head);
            appender = new Appender(folder, builder.settings, acknowledged, tail, head, latest);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private @Nullable Instant latest() throws RocksDBException {
        var last = folder.timeIndex.last();
        return last == null ? null : last.time();
    }

    /**
     * An engine on that folder, which is made if it isn't there.
     *
     * @throws StoreUnavailableException when it is built, if another process has the folder open (the message names it), or if
     *     a later version wrote it
     */
    public static Builder builder(Path folder, Serializer eventSerializer, Serializer snapshotSerializer) {
        return new Builder(folder)
                .eventSerializer(eventSerializer)
                .snapshotSerializer(snapshotSerializer)
                .upcasterChain(NoOpEventUpcaster.INSTANCE);
    }

    /** The identity of this log, given to it when it was made. */
    public UUID identity() {
        return folder.identity;
    }

    /** How many events the log has; hence the position of the next one. */
    public long head() {
        return appender.head();
    }

    /** How many synced writes were made since the engine was opened. */
    public long syncs() {
        return appender.syncs();
    }

    /** How many events were read from the files of the log since the engine was opened, by whoever. */
    public long eventsRead() {
        return reads.eventsRead();
    }

    /** The identifier of the event at that position, if there is one. */
    public Optional<String> eventIdAt(long position) {
        return at(position).map(EventRecord::eventId);
    }

    /** The domain's time of the event at that position, if there is one. */
    public Optional<Instant> timeAt(long position) {
        return at(position).map(EventRecord::time);
    }

    private Optional<EventRecord> at(long position) {
        return position < 0 || position >= head() ? Optional.empty() : Optional.of(reads.event(position));
    }

    /**
     * Where the log stood at that time, to the nanosecond: the position of the last event of the longest part from its
     * beginning in which no event is later.
     *
     * @return -1 if the first event is later already, or there is none
     */
    public long positionAsOf(Instant time) {
        var head = head();
        var later = reads.read(() -> folder.timeIndex.firstAfter(time));
        return later == null ? head - 1 : Math.min(head, later) - 1;
    }

    /**
     * The events of one aggregate in their order, with their positions in the log as tokens; upcast, and deserialized when
     * they are looked at. Only they are read.
     */
    public Stream<? extends TrackedEventMessage<?>> readEntity(String aggregateId) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                reads.stream(aggregateId, 0).map(RocksEventStorageEngine::tracked),
                getEventSerializer(),
                upcasterChain);
    }

    /** Messages that all who follow the log get, from that position on; nothing if that is too far from its head. */
    Optional<SharedMessages.Part> shared(long from) {
        return shared.from(from, head());
    }

    private List<? extends TrackedEventMessage<?>> messages(List<LogReads.Positioned> events) {
        return EventUtils.upcastAndDeserializeTrackedEvents(
                        events.stream().map(RocksEventStorageEngine::tracked), getEventSerializer(), upcasterChain)
                .toList();
    }

    /** The log from that position up to where it ends. */
    Stream<? extends TrackedEventMessage<?>> messagesFrom(long position) {
        return readEvents(tokenBefore(position), false);
    }

    /** Waits until the log has an event at that position, or that time has passed. */
    void awaitPast(long position, long nanos) throws InterruptedException {
        appender.awaitPast(position, nanos);
    }

    /** The events as they are stored, before any upcaster, from that position up to where the log ends. */
    public Stream<StoredEvent> stored(long from) {
        return reads.events(Math.max(0, from), appender::head)
                .map(event -> event.record().toStored(event.position()));
    }

    /** The events of one aggregate as they are stored, before any upcaster, from that position on. Only they are read. */
    public Stream<StoredEvent> stored(String aggregateId, long from) {
        return reads.stream(aggregateId, reads.sequenceFrom(aggregateId, from))
                .map(event -> event.record().toStored(event.position()));
    }

    /** The event at that position as it is stored, before any upcaster, if there is one. */
    public Optional<StoredEvent> storedAt(long position) {
        return at(position).map(record -> record.toStored(position));
    }

    /** Rewrites all files into the fewest and smallest, which takes as long as reading and writing all of them. */
    public void compact() {
        reads.read(() -> {
            folder.compact();
            return null;
        });
    }

    /**
     * Makes a backup while the log goes on being written. It has every event whose append had returned when this began, and
     * what it has beyond is a beginning of what was appended meanwhile, each append whole.
     *
     * @param to a folder of backups of this log, which is made if it isn't there
     * @param keep how many backups are kept in it, this one with them
     * @throws StoreUnavailableException if that folder has backups of another log, or another process uses it
     */
    public LogBackups.Backup backup(Path to, int keep) {
        var target = to.toAbsolutePath().normalize();
        if (target.startsWith(folder.path) || folder.path.startsWith(target)) {
            throw new StoreUnavailableException(
                    "The backups can't be in " + target + ", which holds the log's own folder or lies in it, "
                            + folder.path + ".",
                    "Use a folder beside it, best on another disk.",
                    null);
        }
        try (var backups = LogBackups.openOrMake(target)) {
            var made = reads.read(() -> backups.make(folder.db, folder.identity, head()));
            backups.keepLatest(keep);
            return made;
        }
    }

    /**
     * Appends events as they are, all or none, and returns when they are synced. Their positions are given by this log; their
     * sequence numbers must follow those that their aggregates have here.
     *
     * @throws org.axonframework.modelling.command.ConcurrencyException if a sequence number doesn't follow
     */
    public void appendStored(List<StoredEvent> events) {
        if (!events.isEmpty()) {
            appender.append(events.stream().map(EventRecord::of).toList());
        }
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (!events.isEmpty()) {
            var records = new ArrayList<EventRecord>(events.size());
            for (var event : events) {
                records.add(EventRecord.of(event, serializer));
            }
            appender.append(records);
        }
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        var record = EventRecord.of(snapshot, serializer);
        reads.read(() -> {
            // Not synced: a snapshot can be made again from the events.
            folder.db.put(folder.snapshots, Keys.stream(record.aggregateId()), record.encode());
            return null;
        });
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String identifier, long firstSequenceNumber) {
        return reads.stream(identifier, Math.max(0, firstSequenceNumber))
                .map(event -> event.record().toEventData());
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        return reads.following(positionAfter(token), appender::head, tail).map(RocksEventStorageEngine::tracked);
    }

    private static TrackedEventData<byte[]> tracked(LogReads.Positioned event) {
        return new TrackedDomainEventData<>(
                new GlobalSequenceTrackingToken(event.position()),
                event.record().toEventData());
    }

    static long positionAfter(@Nullable TrackingToken token) {
        if (token == null) {
            return 0;
        }
        if (token instanceof GlobalSequenceTrackingToken sequence) {
            return sequence.getGlobalIndex() + 1;
        }
        throw new IllegalArgumentException(
                "This log is read by position, not by a " + token.getClass().getName() + ".");
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String aggregateIdentifier) {
        var record = reads.get(folder.snapshots, Keys.stream(aggregateIdentifier));
        return record == null
                ? Stream.empty()
                : Stream.of(EventRecord.decode(-1, record).toEventData());
    }

    /** A snapshot that can't be read is told here, where Axon goes on with the events, and not to who looks into it later. */
    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        var snapshot = super.readSnapshot(aggregateIdentifier);
        snapshot.ifPresent(DomainEventMessage::getPayload);
        return snapshot;
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        var head = StreamHead.decode(reads.get(folder.heads, Keys.stream(aggregateIdentifier)));
        return head.lastSequence() < 0 ? Optional.empty() : Optional.of(head.lastSequence());
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return null;
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return tokenBefore(head());
    }

    /** A token that begins with the first event that is not earlier than that. */
    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        var head = head();
        var first = reads.read(() -> folder.timeIndex.firstFrom(dateTime));
        return tokenBefore(first == null ? head : Math.min(head, first));
    }

    private static @Nullable TrackingToken tokenBefore(long position) {
        return position == 0 ? null : new GlobalSequenceTrackingToken(position - 1);
    }

    /** Writes what was handed in before, then ends; appends and reads are refused from here on. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            appender.close();
            acknowledged.close();
            reads.close();
            folder.close();
        }
    }

    /** Builds the engine. */
    public static final class Builder extends AbstractEventStorageEngine.Builder {

        private final Path folder;
        private RocksSettings settings = RocksSettings.DEFAULT;

        private Builder(Path folder) {
            this.folder = folder;
        }

        public Builder settings(RocksSettings settings) {
            this.settings = settings;
            return this;
        }

        @Override
        public Builder eventSerializer(Serializer eventSerializer) {
            super.eventSerializer(eventSerializer);
            return this;
        }

        @Override
        public Builder snapshotSerializer(Serializer snapshotSerializer) {
            super.snapshotSerializer(snapshotSerializer);
            return this;
        }

        @Override
        public Builder upcasterChain(EventUpcaster upcasterChain) {
            super.upcasterChain(upcasterChain);
            return this;
        }

        @Override
        public Builder snapshotFilter(SnapshotFilter snapshotFilter) {
            super.snapshotFilter(snapshotFilter);
            return this;
        }

        /** Opens the folder. */
        public RocksEventStorageEngine build() {
            return new RocksEventStorageEngine(this);
        }
    }
}
