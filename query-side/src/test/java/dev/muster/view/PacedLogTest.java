package dev.muster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever folds views rests between two batches, but not while somebody waits. The rest is so long here that nobody sees its end. */
@Timeout(60)
class PacedLogTest {

    private final Queue<TrackedEventMessage<?>> events = new ArrayDeque<>();
    private final ViewProgress progress = new ViewProgress(event -> false);
    private final BlockingStream<TrackedEventMessage<?>> stream =
            new PacedLog(new Log(), progress, Duration.ofHours(1), 3).openStream(null);

    private void append(long position) {
        events.add(new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(position), GenericEventMessage.asEventMessage(position)));
    }

    private CompletableFuture<Boolean> nextBatch() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return stream.hasNextAvailable(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private CompletableFuture<Boolean> somebodyWaitsFor(long position) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return progress.awaitPosition(position, Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void the_first_batch_begins_at_once_and_has_all_that_is_there() throws Exception {
        append(0);
        append(1);

        assertThat(stream.hasNextAvailable(1, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.nextAvailable().getPayload()).isEqualTo(0L);
        assertThat(stream.peek()).isPresent();
        assertThat(stream.nextAvailable().getPayload()).isEqualTo(1L);
        assertThat(stream.peek()).isEmpty();
    }

    @Test
    void after_a_full_batch_there_is_no_rest() throws Exception {
        for (long position = 0; position < 7; position++) {
            append(position);
        }
        for (int batch = 0; batch < 2; batch++) {
            assertThat(nextBatch().get()).isTrue();
            for (int i = 0; i < 3; i++) {
                stream.nextAvailable();
            }
        }

        assertThat(nextBatch().get()).isTrue();
    }

    @Test
    void the_next_one_begins_when_somebody_comes_to_wait() throws Exception {
        append(0);
        stream.hasNextAvailable(1, TimeUnit.SECONDS);
        stream.nextAvailable();
        append(1);
        var next = nextBatch();
        LockSupport.parkNanos(20_000_000); // so that it rests already, mostly; it is right either way
        assertThat(next).isNotDone();

        var waiting = somebodyWaitsFor(1);

        assertThat(next.get()).isTrue();
        progress.startAt(1);
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void while_somebody_waits_there_is_no_rest() throws Exception {
        var waiting = somebodyWaitsFor(2);
        for (long position = 0; position <= 2; position++) {
            append(position);
            assertThat(nextBatch().get()).isTrue();
            stream.nextAvailable();
        }
        progress.startAt(2);
        assertThat(waiting.get()).isTrue();
    }

    private final class Log implements StreamableMessageSource<TrackedEventMessage<?>> {

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
            return new BlockingStream<>() {
                @Override
                public Optional<TrackedEventMessage<?>> peek() {
                    return Optional.ofNullable(events.peek());
                }

                @Override
                public boolean hasNextAvailable(int timeout, TimeUnit unit) {
                    return !events.isEmpty();
                }

                @Override
                public TrackedEventMessage<?> nextAvailable() {
                    return events.remove();
                }

                @Override
                public void close() {}
            };
        }
    }
}
