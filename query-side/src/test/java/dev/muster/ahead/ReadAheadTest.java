package dev.muster.ahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static List<Object> contents(Iterator<TrackedEventMessage<?>> events) {
        var all = new ArrayList<Object>();
        events.forEachRemaining(event -> all.add(event.getPayload()));
        return all;
    }

    @Test
    void events_come_in_the_order_of_the_log() {
        try (var ahead = ReadAhead.of(Numbered.events(10_000).iterator(), Long.MAX_VALUE, type -> true)) {
            assertThat(contents(ahead)).isEqualTo(Numbered.upTo(9_999));
        }
    }

    @Test
    void nothing_comes_after_the_last_position_asked_for() {
        try (var ahead = ReadAhead.of(Numbered.events(1_000).iterator(), 300, type -> true)) {
            assertThat(contents(ahead)).isEqualTo(Numbered.upTo(300));
        }
    }

    @Test
    void an_empty_log_has_no_next_event() {
        try (var ahead = ReadAhead.of(Numbered.events(0).iterator(), Long.MAX_VALUE, type -> true)) {
            assertThat(ahead).isExhausted();
        }
    }

    @Test
    void a_failure_of_the_log_is_met_behind_the_events_before_it() {
        var log = Stream.concat(Numbered.events(300).stream(), Stream.<TrackedEventMessage<?>>generate(() -> {
            throw new IllegalStateException("damaged");
        }));
        var met = new ArrayList<Object>();
        try (var ahead = ReadAhead.of(log.iterator(), Long.MAX_VALUE, type -> true)) {
            assertThatThrownBy(() -> ahead.forEachRemaining(event -> met.add(event.getPayload())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("damaged");
        }
        assertThat(met).isEqualTo(Numbered.upTo(299));
    }

    @Test
    void after_closing_nothing_is_read_from_the_log() {
        var read = new AtomicLong();
        var log = LongStream.iterate(0, n -> n + 1)
                .peek(read::set)
                .<TrackedEventMessage<?>>mapToObj(Numbered::event)
                .iterator();
        var ahead = ReadAhead.of(log, Long.MAX_VALUE, type -> true);
        ahead.next();

        ahead.close();
        var atTheEnd = read.get();
        log.next();

        assertThat(read.get()).isEqualTo(atTheEnd + 1);
    }
}
