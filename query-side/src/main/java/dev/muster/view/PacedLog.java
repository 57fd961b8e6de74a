package dev.muster.view;

import dev.muster.message.DecoratedLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The log for the one who folds views: a batch begins no sooner than some milliseconds after the one before, unless somebody waits
 * for the views. A batch costs as much as a dozen events, and without that a busy server would fold one or two at a time. After a full
 * batch the next one begins at once: whoever is behind is not held up.
 */
public final class PacedLog extends DecoratedLog {

    private final ViewProgress progress;
    private final long betweenNanos;
    private final int batchSize;

    /**
     * @param between how long after the beginning of a batch the next one may begin
     * @param batchSize how many events make a full one
     */
    public PacedLog(
            StreamableMessageSource<TrackedEventMessage<?>> log,
            ViewProgress progress,
            Duration between,
            int batchSize) {
        super(log);
        this.progress = progress;
        this.batchSize = batchSize;
        this.betweenNanos = between.toNanos();
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new Paced(log().openStream(token));
    }

    private final class Paced implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;
        private long begun = System.nanoTime() - betweenNanos;
        /** Since then. */
        private int taken;

        Paced(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        /** By which the processor asks for the first event of a batch; for the others it looks. */
        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            var available = stream.hasNextAvailable(timeout, unit);
            if (available && timeout > 0) {
                if (taken < batchSize) {
                    progress.rest(begun + betweenNanos - System.nanoTime());
                }
                begun = System.nanoTime();
                taken = 0;
            }
            return available;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return stream.peek();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            taken++;
            return stream.nextAvailable();
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
            stream.skipMessagesWithPayloadTypeOf(ignored);
        }

        @Override
        public boolean setOnAvailableCallback(Runnable callback) {
            return stream.setOnAvailableCallback(callback);
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
