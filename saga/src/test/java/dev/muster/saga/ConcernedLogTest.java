package dev.muster.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The processor of sagas is given what concerns them, and of everything else only enough for its token to move. */
@Timeout(60)
class ConcernedLogTest {

    private final Queue<TrackedEventMessage<?>> events = new LinkedBlockingQueue<>();
    private final BlockingStream<TrackedEventMessage<?>> stream =
            new ConcernedLog(new Log(), event -> "saga".equals(event.getPayload())).openStream(null);
    private long position;

    private void append(String... payloads) {
        for (var payload : payloads) {
            events.add(new GenericTrackedEventMessage<>(
                    new GlobalSequenceTrackingToken(position++), GenericEventMessage.asEventMessage(payload)));
        }
    }

    private long next() throws InterruptedException {
        return stream.nextAvailable().trackingToken().position().orElseThrow();
    }

    @Test
    void what_concerns_a_saga_begins_a_batch_and_what_came_before_is_passed_over() throws Exception {
        append("other", "other", "saga");

        assertThat(stream.hasNextAvailable(1, TimeUnit.HOURS)).isTrue();
        assertThat(next()).isEqualTo(2);
        assertThat(stream.peek()).isEmpty();
    }

    /** The first event may make the saga that the others concern. */
    @Test
    void what_follows_in_a_batch_is_passed_on() throws Exception {
        append("saga", "other", "other");

        assertThat(stream.hasNextAvailable(1, TimeUnit.HOURS)).isTrue();
        for (long expected = 0; expected < 3; expected++) {
            assertThat(stream.peek()).isPresent();
            assertThat(next()).isEqualTo(expected);
        }
        assertThat(stream.hasNextAvailable()).isFalse();
    }

    @Test
    void of_events_that_concern_no_saga_the_last_one_is_passed_on() throws Exception {
        append("other", "other", "other");

        assertThat(stream.hasNextAvailable(1, TimeUnit.HOURS)).isTrue();
        assertThat(stream.peek().map(event -> event.trackingToken().position().orElseThrow()))
                .contains(2L);
        assertThat(next()).isEqualTo(2);
        assertThat(stream.hasNextAvailable()).isFalse();
    }

    @Test
    void what_was_passed_over_counts_as_still_to_come_until_the_token_can_move() throws Exception {
        append("other");

        stream.hasNextAvailable(1, TimeUnit.MILLISECONDS);

        assertThat(stream.hasNextAvailable()).isTrue();
    }

    @Test
    void an_event_that_concerns_a_saga_is_not_lost_among_many_others() throws Exception {
        var appending = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 500; i++) {
                append("other", "other", i == 250 ? "saga" : "other");
            }
        });
        var last = -1L;
        var sagas = 0;
        while (last < 1_499) {
            if (stream.hasNextAvailable(1, TimeUnit.HOURS)) {
                var event = stream.nextAvailable();
                assertThat(event.trackingToken().position().orElseThrow()).isGreaterThan(last);
                last = event.trackingToken().position().orElseThrow();
                sagas += "saga".equals(event.getPayload()) ? 1 : 0;
            }
        }
        appending.get();
        assertThat(sagas).isEqualTo(1);
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
