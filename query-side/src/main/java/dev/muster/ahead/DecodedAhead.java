package dev.muster.ahead;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * A log of whose events the next ones are deserialized by another thread while the first are handled. Near the head, where
 * there are few at a time, events are passed on as they come. Its streams are as little thread-safe as those of the log.
 */
public final class DecodedAhead implements StreamableMessageSource<TrackedEventMessage<?>> {

    /** How many events are taken from the log at a time at most, and given to the other thread together. */
    private static final int CHUNK = 256;

    /** How many events are held ahead, or more by less than a chunk. */
    private static final int AHEAD = 2_048;

    /** For fewer it is not worth it to wake another thread. */
    private static final int WORTH_IT = 32;

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final Executor decoder;

    /** @param decoder runs one task after the other; if it does so in the thread that calls, nothing is gained */
    public DecodedAhead(StreamableMessageSource<TrackedEventMessage<?>> log, Executor decoder) {
        this.log = log;
        this.decoder = decoder;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new Ahead(log.openStream(token));
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return log.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return log.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return log.createTokenAt(dateTime);
    }

    @Override
    public @Nullable TrackingToken createTokenSince(Duration duration) {
        return log.createTokenSince(duration);
    }

    private final class Ahead implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private final Deque<TrackedEventMessage<?>> ahead = new ArrayDeque<>(AHEAD + CHUNK);

        Ahead(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return ahead.isEmpty() ? stream.peek() : Optional.of(ahead.getFirst());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return !ahead.isEmpty() || stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            if (ahead.isEmpty()) {
                ahead.add(stream.nextAvailable());
            }
            if (ahead.size() < AHEAD) {
                takeMore();
            }
            return ahead.remove();
        }

        /** A part of them may be handled before the other thread has come to them; they are just deserialized twice. */
        private void takeMore() throws InterruptedException {
            var chunk = new ArrayList<TrackedEventMessage<?>>();
            while (chunk.size() < CHUNK && stream.hasNextAvailable()) {
                chunk.add(stream.nextAvailable());
            }
            ahead.addAll(chunk);
            if (chunk.size() >= WORTH_IT) {
                decoder.execute(() -> Decoding.of(chunk, payload -> true));
            }
        }

        /** Only where none of them was taken already. */
        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
            if (ahead.isEmpty()) {
                stream.skipMessagesWithPayloadTypeOf(ignored);
            }
        }

        @Override
        public void close() {
            ahead.clear();
            stream.close();
        }
    }
}
