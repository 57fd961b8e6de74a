package dev.muster.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;

/**
 * Reads beside the appender. A stream reads in chunks and holds nothing of the database between two of them, so that the
 * store can be closed while streams are open: their next chunk then fails.
 */
final class LogReads implements AutoCloseable {

    /** How many events the first chunk of a stream has; each further one has twice as many, up to {@link #LAST_CHUNK}. */
    private static final int FIRST_CHUNK = 8;

    private static final int LAST_CHUNK = 512;

    /** Into so many bytes most records go, one after another. */
    private static final int USUAL_RECORD = 1_024;

    /** Of how many events of an aggregate the positions are asked for one by one. */
    private static final int ASKED_SINGLY = 4;

    private final RocksFolder folder;
    private final ReentrantReadWriteLock openOrClosed = new ReentrantReadWriteLock();
    private final LongAdder eventsRead = new LongAdder();
    private boolean closed;

    LogReads(RocksFolder folder) {
        this.folder = folder;
    }

    /** An event and its position. */
    record Positioned(long position, EventRecord record) {}

    /** Something done with the database. */
    interface Use<T> {
        T run() throws RocksDBException;
    }

    /** Uses the database while it is surely open. */
    <T> T read(Use<T> read) {
        openOrClosed.readLock().lock();
        try {
            if (closed) {
                throw new EventStoreException("The store is closed.");
            }
            return read.run();
        } catch (RocksDBException e) {
            throw new EventStoreException("The log can't be used: " + DamagedTable.told(e, folder.path), e);
        } finally {
            openOrClosed.readLock().unlock();
        }
    }

    byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
        return read(() -> folder.db.get(family, key));
    }

    /** How many events were read. */
    long eventsRead() {
        return eventsRead.sum();
    }

    private EventRecord decode(long position, byte @Nullable [] record) {
        eventsRead.increment();
        return EventRecord.decode(position, record);
    }

    EventRecord event(long position) {
        return decode(position, get(folder.events, Keys.position(position)));
    }

    /** The position after the last event. */
    long end() {
        return read(() -> {
            try (var events = folder.db.newIterator(folder.events)) {
                events.seekToLast();
                events.status();
                return events.isValid() ? Keys.position(events.key()) + 1 : 0L;
            }
        });
    }

    /** The events from that position on, up to {@code end}, which a chunk asks for anew; from the database. */
    Stream<Positioned> events(long from, LongSupplier end) {
        return chunked(
                from,
                (next, size) -> read(() -> eventChunk(next, Math.min(end.getAsLong(), next + size))),
                last -> last.position() + 1,
                false);
    }

    /** Likewise, but from memory where they were appended lately. */
    Stream<Positioned> following(long from, LongSupplier end, LogTail tail) {
        return chunked(
                from,
                (next, size) -> read(() -> {
                    var to = Math.min(end.getAsLong(), next + size);
                    var lately = next < to ? tail.read(next, to) : Optional.<List<Positioned>>empty();
                    return lately.isPresent() ? lately.get() : eventChunk(next, to);
                }),
                last -> last.position() + 1,
                false);
    }

    private List<Positioned> eventChunk(long from, long end) throws RocksDBException {
        if (from >= end) {
            return List.of();
        }
        var chunk = new ArrayList<Positioned>((int) Math.min(LAST_CHUNK, end - from));
        // Who reads a long stretch reads each block once, and would push out of the cache what others come back to.
        try (var options = new ReadOptions().setFillCache(end - from < LAST_CHUNK);
                var events = folder.db.newIterator(folder.events, options)) {
            events.seek(Keys.position(from));
            var key = Keys.position(from);
            var record = new byte[USUAL_RECORD];
            for (long expected = from; expected < end; expected++) {
                if (!events.isValid() || events.key(key) != key.length || Keys.position(key) != expected) {
                    events.status();
                    throw new DamagedRecordException(expected, "it is missing");
                }
                var length = events.value(record);
                if (length > record.length) {
                    record = new byte[2 * length];
                    length = events.value(record);
                }
                eventsRead.increment();
                chunk.add(new Positioned(expected, EventRecord.decode(expected, record, length)));
                events.next();
            }
            events.status();
        }
        return chunk;
    }

    /** The events of an aggregate from that sequence number on. */
    Stream<Positioned> stream(String aggregateId, long from) {
        return chunked(
                from,
                (next, size) -> read(() -> streamChunk(aggregateId, next, size)),
                last -> last.record().sequence() + 1,
                true);
    }

    private List<Positioned> streamChunk(String aggregateId, long from, int size) throws RocksDBException {
        var positions = firstPositions(aggregateId, from, Math.min(size, ASKED_SINGLY));
        if (positions.size() == ASKED_SINGLY && size > ASKED_SINGLY) {
            positions.addAll(positionsAfter(aggregateId, from + ASKED_SINGLY, size - ASKED_SINGLY));
        }
        var chunk = new ArrayList<Positioned>(positions.size());
        for (var key : positions) {
            var position = Keys.position(key);
            chunk.add(new Positioned(position, decode(position, folder.db.get(folder.events, key))));
        }
        return chunk;
    }

    /** Key by key: an iterator costs more than some of them, also to find nothing. */
    private List<byte[]> firstPositions(String aggregateId, long from, int size) throws RocksDBException {
        var positions = new ArrayList<byte[]>();
        for (long sequence = from; positions.size() < size; sequence++) {
            var position = folder.db.get(folder.index, Keys.index(aggregateId, sequence));
            if (position == null) {
                break;
            }
            positions.add(position);
        }
        return positions;
    }

    private List<byte[]> positionsAfter(String aggregateId, long from, int size) throws RocksDBException {
        var positions = new ArrayList<byte[]>();
        try (var options = new ReadOptions();
                var index = folder.db.newIterator(folder.index, options)) {
            index.seek(Keys.index(aggregateId, from));
            for (long expected = from; positions.size() < size; expected++) {
                if (!index.isValid() || !Arrays.equals(index.key(), Keys.index(aggregateId, expected))) {
                    break;
                }
                positions.add(index.value());
                index.next();
            }
            index.status();
        }
        return positions;
    }

    /** The least sequence number of an aggregate that stands at that position or later; one past its last if none does. */
    long sequenceFrom(String aggregateId, long position) {
        return read(() -> {
            var low = 0L;
            var high = StreamHead.decode(folder.db.get(folder.heads, Keys.stream(aggregateId)))
                            .lastSequence()
                    + 1;
            while (low < high) {
                var middle = (low + high) >>> 1;
                if (Keys.position(folder.db.get(folder.index, Keys.index(aggregateId, middle))) < position) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        });
    }

    /** Reads a chunk of at most that size, beginning there; an empty one ends the stream. */
    private interface Chunks<T> {
        List<T> read(long next, int size);
    }

    /** @param shortIsLast whether there is nothing after a chunk that is shorter than was asked for */
    private static <T> Stream<T> chunked(
            long first, Chunks<T> chunks, ToLongFunction<T> nextAfter, boolean shortIsLast) {
        var spliterator =
                new Spliterators.AbstractSpliterator<T>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
                    private long next = first;
                    private List<T> chunk = List.of();
                    private int size = FIRST_CHUNK;
                    private int used;
                    private boolean last;

                    @Override
                    public boolean tryAdvance(Consumer<? super T> action) {
                        if (used == chunk.size()) {
                            chunk = last ? List.of() : chunks.read(next, size);
                            last = shortIsLast && chunk.size() < size;
                            size = Math.min(2 * size, LAST_CHUNK);
                            used = 0;
                            if (chunk.isEmpty()) {
                                return false;
                            }
                        }
                        var element = chunk.get(used++);
                        next = nextAfter.applyAsLong(element);
                        action.accept(element);
                        return true;
                    }
                };
        return StreamSupport.stream(spliterator, false);
    }

    /** Waits for the reads that run, and refuses all later ones. */
    @Override
    public void close() {
        openOrClosed.writeLock().lock();
        closed = true;
        openOrClosed.writeLock().unlock();
    }
}
