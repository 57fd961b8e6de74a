package dev.muster.ahead;

import dev.muster.message.DecoratedLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * A log of which the next events are read and deserialized by another thread while the first are handled. Near the head, where
 * there are few at a time, events are passed on as they come. Its streams are as little thread-safe as those of the log: of the two
 * threads only one reads at a time.
 */
public final class DecodedAhead extends DecoratedLog {

    /** How many events the other thread reads at a time at most. */
    private static final int CHUNK = 256;

    /** How many events are held ahead, or more by less than a chunk. */
    private static final int AHEAD = 2_048;

    /** Behind fewer that follow each other at once it is not worth it to wake another thread. */
    private static final int WORTH_IT = 32;

    private final Executor decoder;

    /** @param decoder runs one task after the other; if it does so in the thread that calls, nothing is gained */
    public DecodedAhead(StreamableMessageSource<TrackedEventMessage<?>> log, Executor decoder) {
        super(log);
        this.decoder = decoder;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new Ahead(log().openStream(token));
    }

    /** What the other thread has read, up to what it failed on. */
    private record Chunk(
            List<TrackedEventMessage<?>> events, @Nullable RuntimeException failure) {}

    private final class Ahead implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private final Deque<TrackedEventMessage<?>> ahead = new ArrayDeque<>(AHEAD + CHUNK);
        /** While this is there, the stream is the other thread's. */
        private @Nullable CompletableFuture<Chunk> coming;

        private @Nullable RuntimeException failure;
        /** How many were passed on one by one since the last time that there was none. */
        private int inARow;

        Ahead(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            take();
            return ahead.isEmpty() ? stream.peek() : Optional.of(ahead.getFirst());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            take();
            return !ahead.isEmpty() || stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            take();
            var next = ahead.isEmpty() ? stream.nextAvailable() : ahead.remove();
            if (coming == null && failure == null && ahead.size() < AHEAD) {
                readOn();
            }
            return next;
        }

        /** Takes what the other thread has read, waiting for it if nothing else is left. */
        private void take() {
            if (coming != null && (ahead.isEmpty() || coming.isDone())) {
                var chunk = coming.join();
                coming = null;
                ahead.addAll(chunk.events());
                failure = chunk.failure();
                inARow = chunk.events().size() < CHUNK ? 0 : WORTH_IT;
            }
            if (failure != null && ahead.isEmpty()) {
                var met = failure;
                failure = null;
                throw met;
            }
        }

        private void readOn() throws InterruptedException {
            if (!stream.hasNextAvailable()) {
                inARow = 0;
            } else if (inARow < WORTH_IT) {
                inARow++;
            } else {
                coming = CompletableFuture.supplyAsync(this::read, decoder);
            }
        }

        private Chunk read() {
            var events = new ArrayList<TrackedEventMessage<?>>(CHUNK);
            try {
                while (events.size() < CHUNK && stream.hasNextAvailable()) {
                    events.add(stream.nextAvailable());
                }
            } catch (RuntimeException e) {
                return new Chunk(events, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Decoding.of(events, payload -> true);
            return new Chunk(events, null);
        }

        /** Only where none of them was taken already. */
        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
            if (ahead.isEmpty() && coming == null) {
                stream.skipMessagesWithPayloadTypeOf(ignored);
            }
        }

        /** Nobody reads any more when it is closed. */
        @Override
        public void close() {
            if (coming != null) {
                coming.exceptionally(failed -> new Chunk(List.of(), null)).join();
                coming = null;
            }
            ahead.clear();
            stream.close();
        }
    }
}
