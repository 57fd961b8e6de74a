package dev.muster.replay;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** The log up to a bound that moves, so that nobody who reads it gets ahead of somebody else. */
final class BoundedLog implements StreamableMessageSource<TrackedEventMessage<?>> {

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private final StreamableMessageSource<TrackedEventMessage<?>> log;
    private final LongSupplier last;

    /** @param last the position of the last event that may be read */
    BoundedLog(StreamableMessageSource<TrackedEventMessage<?>> log, LongSupplier last) {
        this.log = log;
        this.last = last;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new Bounded(log.openStream(token));
    }

    private final class Bounded implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;

        Bounded(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek()
                    .filter(event -> event.trackingToken().position().orElse(-1) <= last.getAsLong());
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            var until = System.nanoTime() + unit.toNanos(timeout);
            while (true) {
                if (stream.hasNextAvailable() && peek().isPresent()) {
                    return true;
                }
                if (System.nanoTime() >= until) {
                    return false;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
                // The next one is still beyond the bound.
            }
            return stream.nextAvailable();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
