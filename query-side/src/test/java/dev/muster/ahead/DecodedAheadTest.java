package dev.muster.ahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class DecodedAheadTest {

    private int decodings;
    private final List<Thread> readers = new ArrayList<>();

    /** A log of that many events, the last of which was written just now. */
    private final class Log implements BlockingStream<TrackedEventMessage<?>> {

        private final Iterator<TrackedEventMessage<?>> events;
        private final int failsAt;
        private int read;
        private boolean closed;
        private Optional<TrackedEventMessage<?>> peeked = Optional.empty();

        Log(int count, int failsAt) {
            events = Numbered.events(count).iterator();
            this.failsAt = failsAt;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            if (peeked.isEmpty() && events.hasNext()) {
                if (read++ == failsAt) {
                    throw new IllegalStateException("damaged");
                }
                peeked = Optional.of(events.next());
            }
            return peeked;
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return peek().isPresent();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            assertThat(closed).isFalse();
            readers.add(Thread.currentThread());
            var next = peek().orElseThrow();
            peeked = Optional.empty();
            return next;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private BlockingStream<TrackedEventMessage<?>> stream(int count) {
        return stream(count, Integer.MAX_VALUE);
    }

    private BlockingStream<TrackedEventMessage<?>> stream(int count, int failsAt) {
        return new DecodedAhead(token -> new Log(count, failsAt), this::inAnotherThread).openStream(null);
    }

    private void inAnotherThread(Runnable work) {
        decodings++;
        new Thread(work).start();
    }

    private static List<Object> contents(BlockingStream<TrackedEventMessage<?>> stream) throws Exception {
        var all = new ArrayList<Object>();
        while (stream.hasNextAvailable(0, TimeUnit.SECONDS)) {
            var peeked = stream.peek().orElseThrow();
            var next = stream.nextAvailable();
            assertThat(next).isSameAs(peeked);
            all.add(next.getPayload());
        }
        return all;
    }

    @Test
    void events_come_in_the_order_of_the_log_each_once() throws Exception {
        assertThat(contents(stream(10_000))).isEqualTo(Numbered.upTo(9_999));
    }

    @Test
    void far_behind_what_comes_next_is_read_and_deserialized_elsewhere() throws Exception {
        contents(stream(1_000));

        assertThat(decodings).isPositive();
        assertThat(readers).hasSize(1_000);
        assertThat(readers.stream().filter(Thread.currentThread()::equals)).hasSizeLessThan(500);
    }

    @Test
    void near_the_head_no_other_thread_is_woken() throws Exception {
        contents(stream(20));

        assertThat(decodings).isZero();
    }

    @Test
    void what_can_not_be_read_fails_where_it_is_met() throws Exception {
        var stream = stream(1_000, 300);
        for (int i = 0; i < 300; i++) {
            assertThat(stream.nextAvailable().getPayload()).isEqualTo((long) i);
        }

        assertThatThrownBy(stream::nextAvailable).hasMessage("damaged");
    }

    @Test
    void nobody_reads_any_more_when_it_is_closed() throws Exception {
        var stream = stream(10_000);
        for (int i = 0; i < 100; i++) {
            stream.nextAvailable();
        }
        stream.close();
        var read = readers.size();

        Thread.yield();
        assertThat(readers).hasSize(read);
    }
}
