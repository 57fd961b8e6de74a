package dev.muster.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class DecodedAheadTest {

    private final List<Runnable> decoding = new ArrayList<>();

    /** A log of that many events, the last of which was written just now. */
    private static final class Log implements BlockingStream<TrackedEventMessage<?>> {

        private final Iterator<TrackedEventMessage<?>> events;
        private Optional<TrackedEventMessage<?>> peeked = Optional.empty();

        Log(int count) {
            events = Numbered.events(count).iterator();
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            if (peeked.isEmpty() && events.hasNext()) {
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
            var next = peek().orElseThrow();
            peeked = Optional.empty();
            return next;
        }

        @Override
        public void close() {}
    }

    private BlockingStream<TrackedEventMessage<?>> stream(int count) {
        return new DecodedAhead(token -> new Log(count), decoding::add).openStream(null);
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
    void far_behind_what_comes_next_is_deserialized_elsewhere() throws Exception {
        stream(1_000).nextAvailable();

        assertThat(decoding).isNotEmpty();
    }

    @Test
    void near_the_head_no_other_thread_is_woken() throws Exception {
        contents(stream(20));

        assertThat(decoding).isEmpty();
    }
}
