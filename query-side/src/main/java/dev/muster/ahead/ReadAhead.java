package dev.muster.ahead;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * A part of the log, read by a thread of its own a few hundred events ahead, and deserialized by another one meanwhile. To be
 * closed before the stream that it reads from: then nothing reads any more. Not thread-safe.
 */
public final class ReadAhead implements Iterator<TrackedEventMessage<?>>, AutoCloseable {

    /** Small, since what is under way survives each young collection and is copied by it. */
    private static final int CHUNK = 64;

    private static final int CHUNKS_AHEAD = 4;
    private static final long LOOK_AGAIN_MILLIS = 50;

    /** As many as are left by the one that reads and the one that folds; more than two have nothing to do. */
    private static final int DECODERS =
            Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() - 2));

    /**
     * Some events that follow each other; the last chunk is marked, and has what ended the reading too early.
     *
     * @param decoded when they are deserialized as well
     */
    private record Chunk(
            List<TrackedEventMessage<?>> events,
            CompletableFuture<?> decoded,
            boolean last,
            @Nullable Throwable failure) {}

    private final Iterator<? extends TrackedEventMessage<?>> log;
    private final long upTo;
    private final Predicate<Class<?>> wanted;
    private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(CHUNKS_AHEAD);
    private final Thread reader = new Thread(this::read, "muster-read-ahead");
    /** Of its own: the common pool of a small machine has no threads, and each task there gets a new one. */
    private final ExecutorService decoders = Executors.newFixedThreadPool(DECODERS, ReadAhead::decoder);

    private volatile boolean closed;
    private Chunk chunk = new Chunk(List.of(), CompletableFuture.completedFuture(null), false, null);
    private int used;

    private ReadAhead(Iterator<? extends TrackedEventMessage<?>> log, long upTo, Predicate<Class<?>> wanted) {
        this.log = log;
        this.upTo = upTo;
        this.wanted = wanted;
        reader.setDaemon(true);
    }

    /**
     * Begins to read.
     *
     * @param log is read by nobody else from now on
     * @param upTo the position of the last event that is of interest
     * @param wanted of which payloads anything will be looked at
     */
    public static ReadAhead of(Iterator<? extends TrackedEventMessage<?>> log, long upTo, Predicate<Class<?>> wanted) {
        var ahead = new ReadAhead(log, upTo, wanted);
        ahead.reader.start();
        return ahead;
    }

    private static Thread decoder(Runnable work) {
        var thread = new Thread(work, "muster-decode-ahead");
        thread.setDaemon(true);
        return thread;
    }

    private void read() {
        var goesOn = true;
        while (goesOn && !closed) {
            var events = new ArrayList<TrackedEventMessage<?>>(CHUNK);
            Throwable failure = null;
            try {
                goesOn = fill(events);
            } catch (Throwable e) {
                goesOn = false;
                failure = e;
            }
            var decoded = CompletableFuture.runAsync(() -> decode(events), decoders);
            hand(new Chunk(events, decoded, !goesOn, failure));
        }
    }

    private void decode(List<TrackedEventMessage<?>> events) {
        if (!closed) {
            Decoding.of(events, wanted);
        }
    }

    /** @return whether there may be more */
    private boolean fill(List<TrackedEventMessage<?>> events) {
        while (events.size() < CHUNK) {
            if (!log.hasNext()) {
                return false;
            }
            var event = log.next();
            if (event.trackingToken().position().orElse(-1) > upTo) {
                return false;
            }
            events.add(event);
        }
        return true;
    }

    private void hand(Chunk read) {
        try {
            while (!closed && !chunks.offer(read, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                // Whoever folds is still busy with what was read before.
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this thread", e);
        }
    }

    @Override
    public boolean hasNext() {
        while (used == chunk.events.size()) {
            if (chunk.failure instanceof Error error) {
                throw error;
            }
            if (chunk.failure instanceof RuntimeException failure) {
                throw failure;
            }
            if (chunk.last) {
                return false;
            }
            chunk = take();
            chunk.decoded.join();
            used = 0;
        }
        return true;
    }

    private Chunk take() {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return chunks.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public TrackedEventMessage<?> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return chunk.events.get(used++);
    }

    /** Returns when the reader reads no more. It is not interrupted, since it may be using files that do not bear that. */
    @Override
    public void close() {
        closed = true;
        var interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        decoders.shutdown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
