package dev.muster.saga;

import dev.muster.message.DecoratedLog;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The log for the processor of sagas, which begins a batch only for an event that concerns one. To look up what an event concerns
 * costs next to nothing; a batch costs a transaction and a token, and near the head of a busy log each event would have its own. Of the
 * events that concern no saga one is passed on now and then, so that the processor's token moves, also to the head of a log at rest.
 */
public final class ConcernedLog extends DecoratedLog {

    /** How long the token stays behind events that concern no saga. */
    private static final long TOKEN_NANOS = 100_000_000;

    /** Events that concern no saga and follow each other within this time are many: they are looked at together from then on. */
    private static final long STREAM_NANOS = 20_000_000;

    private static final long REST_NANOS = 5_000_000;

    /** How many are looked at before the token may move again. So many are not new, and there is no reason to rest. */
    private static final int LOOK = 1_000;

    private final Predicate<TrackedEventMessage<?>> concernsSaga;

    /** @param concernsSaga is asked while no batch is under way: whatever those before have changed is committed */
    public ConcernedLog(
            StreamableMessageSource<TrackedEventMessage<?>> log, Predicate<TrackedEventMessage<?>> concernsSaga) {
        super(log);
        this.concernsSaga = concernsSaga;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new Concerned(log().openStream(token));
    }

    private final class Concerned implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> stream;

        /** The last event that was passed over. */
        private @Nullable TrackedEventMessage<?> passedOver;

        private long lastBatch = System.nanoTime();

        /** When the last look ended that found no event that concerns a saga. */
        private long lastInVain = lastBatch - STREAM_NANOS;

        Concerned(BlockingStream<TrackedEventMessage<?>> stream) {
            this.stream = stream;
        }

        /**
         * By which the processor asks for the first event of a batch. All that follows in the batch is passed on, since the first
         * may make sagas that it concerns.
         */
        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            if (timeout <= 0) {
                return passedOver != null || stream.hasNextAvailable(timeout, unit);
            }
            var end = System.nanoTime() + unit.toNanos(timeout);
            while (true) {
                var now = System.nanoTime();
                if (passedOver != null && now - lastBatch >= TOKEN_NANOS) {
                    lastBatch = now;
                    return true;
                }
                var left = (passedOver == null ? end : Math.min(end, lastBatch + TOKEN_NANOS)) - now;
                if (now >= end) {
                    return passedOver != null;
                }
                if (stream.hasNextAvailable(millis(left), TimeUnit.MILLISECONDS)) {
                    var passed = passOver();
                    if (passed < 0) {
                        lastBatch = System.nanoTime();
                        lastInVain = lastBatch - STREAM_NANOS;
                        return true;
                    }
                    rest(passed);
                }
            }
        }

        /** A saga that has just had an event may get the next one soon, and is not kept waiting. */
        private void rest(int passed) throws InterruptedException {
            var now = System.nanoTime();
            if (now - lastInVain < STREAM_NANOS && passed < LOOK) {
                // What comes is looked at together; there is nothing that could say that it has come.
                TimeUnit.NANOSECONDS.sleep(REST_NANOS);
            }
            lastInVain = System.nanoTime();
        }

        private static int millis(long nanos) {
            return (int) Math.max(1, nanos / 1_000_000);
        }

        /** @return how many events concern no saga; -1 when there is one that does */
        private int passOver() throws InterruptedException {
            var passed = 0;
            for (var next = stream.peek(); next.isPresent() && passed < LOOK; next = stream.peek()) {
                if (concernsSaga.test(next.get())) {
                    passedOver = null;
                    return -1;
                }
                passedOver = stream.nextAvailable();
                passed++;
            }
            return passed;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return passedOver == null ? stream.peek() : Optional.of(passedOver);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            var next = passedOver;
            passedOver = null;
            return next == null ? stream.nextAvailable() : next;
        }

        @Override
        public void skipMessagesWithPayloadTypeOf(TrackedEventMessage<?> ignored) {
            stream.skipMessagesWithPayloadTypeOf(ignored);
        }

        @Override
        public void close() {
            passedOver = null;
            stream.close();
        }
    }
}
