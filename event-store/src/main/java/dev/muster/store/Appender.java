package dev.muster.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The one writer of the log. Threads hand in what they want to append and wait; the appender takes all who wait, checks
 * each against the streams as those before it leave them, gives consecutive positions, and writes and syncs one batch for
 * all. Once a write has failed nothing more is accepted, since what is on the disk is then unknown until the store is
 * opened again.
 */
final class Appender implements AutoCloseable {

    /** Asks the thread to end, after what was handed in before. */
    private static final Append END = new Append(List.of());

    private static final int HEADS_KEPT = 100_000;

    private final RocksFolder folder;
    private final RocksSettings settings;
    private final AcknowledgedHead acknowledged;
    private final LogTail tail;
    private final BlockingQueue<Append> waiting;
    private final Thread thread;
    private final Map<String, StreamHead> heads = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StreamHead> eldest) {
            return size() > HEADS_KEPT;
        }
    };
    private final ReentrantLock growth = new ReentrantLock();
    private final Condition grown = growth.newCondition();

    /** How many wait for the log to grow: mostly nobody. */
    private volatile int awaiting;

    private volatile long head;
    private @Nullable Instant latest;
    private volatile long syncs;
    private volatile @Nullable Exception failure;
    private volatile boolean closed;

    /** @param encoded the records, encoded by the thread that hands them in, not by the one that all wait for */
    private record Append(List<EventRecord> records, List<byte[]> encoded, CompletableFuture<Void> done) {

        Append(List<EventRecord> records) {
            this(records, records.stream().map(EventRecord::encode).toList(), new CompletableFuture<>());
        }
    }

    /**
     * @param tail is told of what was appended
     * @param head how many events are in the log
     * @param latest the latest time of them
     */
    Appender(
            RocksFolder folder,
            RocksSettings settings,
            AcknowledgedHead acknowledged,
            LogTail tail,
            long head,
            @Nullable Instant latest) {
        this.folder = folder;
        this.settings = settings;
        this.acknowledged = acknowledged;
        this.tail = tail;
        this.head = head;
        this.latest = latest;
        this.waiting = new ArrayBlockingQueue<>(settings.maxWaiting());
        this.thread = new Thread(this::run, "muster-appender");
        thread.setDaemon(true);
        thread.start();
    }

    /** How many events are in the log and synced; hence the position of the next one. */
    long head() {
        return head;
    }

    /** Waits until there is an event at that position, or that time has passed. */
    void awaitPast(long position, long nanos) throws InterruptedException {
        var left = nanos;
        growth.lockInterruptibly();
        try {
            awaiting++;
            while (head <= position && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            awaiting--;
            growth.unlock();
        }
    }

    /** Those who come to wait meanwhile see the new head before they wait, since they count themselves first. */
    private void wakeReaders() {
        if (awaiting > 0) {
            growth.lock();
            try {
                grown.signalAll();
            } finally {
                growth.unlock();
            }
        }
    }

    /** How many batches were written and synced. */
    long syncs() {
        return syncs;
    }

    /** Appends all of these or none, and returns when they are synced. */
    void append(List<EventRecord> records) {
        var append = new Append(records);
        hand(append);
        try {
            append.done().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void hand(Append append) {
        if (closed) {
            throw new EventStoreException("The store is closed.");
        }
        var interrupted = false;
        while (true) {
            try {
                waiting.put(append);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive() && waiting.remove(append)) {
            throw new EventStoreException("The store is closed.");
        }
    }

    private void run() {
        var group = new ArrayList<Append>();
        try (var options = new WriteOptions().setSync(true)) {
            while (true) {
                group.clear();
                group.add(waiting.take());
                waiting.drainTo(group, settings.maxGroup() - 1);
                var ends = group.remove(END);
                write(group, options);
                if (ends) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            failure = e;
        } finally {
            closed = true;
            refuseTheRest();
        }
    }

    private void refuseTheRest() {
        for (Append append; (append = waiting.poll()) != null; ) {
            append.done().completeExceptionally(new EventStoreException("The store is closed."));
        }
    }

    private void write(List<Append> group, WriteOptions options) {
        var accepted = new ArrayList<Append>();
        var appended = new ArrayList<LogReads.Positioned>();
        var changed = new HashMap<String, StreamHead>();
        var next = head;
        var nextLatest = latest;
        try (var batch = new WriteBatch()) {
            for (var append : group) {
                var refusal = failure != null ? failed() : check(append, changed);
                if (refusal != null) {
                    append.done().completeExceptionally(refusal);
                    continue;
                }
                accepted.add(append);
                var encoded = append.encoded().iterator();
                for (var record : append.records()) {
                    appended.add(new LogReads.Positioned(next, record));
                    var position = Keys.position(next++);
                    batch.put(folder.events, position, encoded.next());
                    batch.put(folder.index, Keys.index(record.aggregateId(), record.sequence()), position);
                    nextLatest = folder.timeIndex.add(batch, nextLatest, record.time(), position);
                }
            }
            if (accepted.isEmpty()) {
                return;
            }
            for (var entry : changed.entrySet()) {
                batch.put(
                        folder.heads,
                        Keys.stream(entry.getKey()),
                        entry.getValue().encode());
            }
            folder.db.write(options, batch);
            acknowledged.write(next);
            heads.putAll(changed);
            latest = nextLatest;
            tail.add(appended);
            head = next;
            syncs++;
            accepted.forEach(append -> append.done().complete(null));
            wakeReaders();
        } catch (RocksDBException | IOException | RuntimeException e) {
            failure = e;
            group.forEach(append -> append.done().completeExceptionally(failed()));
        }
    }

    private EventStoreException failed() {
        return new EventStoreException(
                "The log can't be written: " + failure + ". Nothing is accepted until it is opened again.", failure);
    }

    /** What speaks against an append; if nothing does, its streams end in {@code changed} as it leaves them. */
    private @Nullable RuntimeException check(Append append, Map<String, StreamHead> changed) throws RocksDBException {
        var own = new HashMap<String, StreamHead>();
        for (var record : append.records()) {
            var id = record.aggregateId();
            var before = own.containsKey(id) ? own.get(id) : changed.containsKey(id) ? changed.get(id) : head(id);
            if (before.lastSequence() >= 0 && !Objects.equals(before.type(), record.type())) {
                return new EventStoreException("The stream " + id + " is one of type " + before.type()
                        + ", so an event of type " + record.type() + " can't be appended to it.");
            }
            if (record.sequence() != before.lastSequence() + 1) {
                return new ConcurrencyException("The stream " + id + " ends at sequence number " + before.lastSequence()
                        + ", so an event with " + record.sequence() + " can't be appended.");
            }
            own.put(id, new StreamHead(record.type(), record.sequence()));
        }
        changed.putAll(own);
        return null;
    }

    private StreamHead head(String aggregateId) throws RocksDBException {
        var known = heads.get(aggregateId);
        if (known != null) {
            return known;
        }
        return StreamHead.decode(folder.db.get(folder.heads, Keys.stream(aggregateId)));
    }

    /** Writes what was handed in before, then ends. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        var interrupted = false;
        while (true) {
            try {
                waiting.put(END);
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
