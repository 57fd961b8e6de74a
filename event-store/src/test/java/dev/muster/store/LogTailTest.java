package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.store.LogReads.Positioned;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogTailTest {

    private final LogTail tail = new LogTail();

    @Test
    void what_was_appended_is_there_in_its_order() {
        var events = events(7, 12, 10);

        tail.add(events.subList(0, 2));
        tail.add(events.subList(2, 5));

        assertThat(tail.read(7, 12)).contains(events);
        assertThat(tail.read(9, 11)).contains(events.subList(2, 4));
    }

    @Test
    void what_is_not_all_there_is_left_to_the_database() {
        assertThat(tail.read(0, 1)).isEmpty();

        tail.add(events(7, 12, 10));

        assertThat(tail.read(6, 8)).isEmpty();
        assertThat(tail.read(11, 13)).isEmpty();
    }

    @Test
    void of_many_events_the_last_are_kept() {
        var events = events(0, 5_000, 1);

        tail.add(events);

        assertThat(tail.read(4_000, 5_000)).contains(events.subList(4_000, 5_000));
        assertThat(tail.read(2_000, 2_001)).isEmpty();
    }

    @Test
    void of_large_events_fewer_are_kept() {
        var events = events(0, 8, 1 << 20);

        tail.add(events);

        assertThat(tail.read(4, 8)).contains(events.subList(4, 8));
        assertThat(tail.read(3, 4)).isEmpty();
    }

    @Test
    void after_one_that_is_larger_than_all_that_is_kept_others_are_kept_again() {
        tail.add(events(0, 1, 5 << 20));
        assertThat(tail.read(0, 1)).isEmpty();

        var next = events(1, 3, 10);
        tail.add(next);

        assertThat(tail.read(1, 3)).contains(next);
    }

    private static List<Positioned> events(long from, long to, int bytes) {
        return LongStream.range(from, to)
                .mapToObj(position -> new Positioned(position, record(position, bytes)))
                .toList();
    }

    private static EventRecord record(long position, int bytes) {
        return new EventRecord(
                "e" + position,
                Instant.EPOCH,
                "task",
                "task/t",
                position,
                "TaskSubmitted",
                "1",
                new byte[bytes],
                new byte[0]);
    }
}
