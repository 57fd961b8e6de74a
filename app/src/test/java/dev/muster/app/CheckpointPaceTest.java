package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointPaceTest {

    private final CheckpointPace pace = new CheckpointPace(0);

    @Test
    void none_is_due_where_nothing_has_come() {
        assertThat(pace.isDue(5, 5, at(10))).isFalse();
        assertThat(pace.isDue(5, 5, at(1_000))).isFalse();
    }

    @Test
    void one_is_due_as_soon_as_the_log_is_at_rest() {
        assertThat(pace.isDue(5, 0, at(10))).as("it has grown").isFalse();
        assertThat(pace.isDue(6, 0, at(20))).as("it still grows").isFalse();
        assertThat(pace.isDue(6, 0, at(30))).as("it is at rest").isTrue();
    }

    @Test
    void one_is_due_when_a_minute_has_passed_while_the_log_grows() {
        assertThat(pace.isDue(5, 0, at(59))).isFalse();
        assertThat(pace.isDue(6, 0, at(60))).isTrue();
        pace.made(at(60), at(60));
        assertThat(pace.isDue(7, 6, at(119))).isFalse();
        assertThat(pace.isDue(8, 6, at(120))).isTrue();
    }

    @Test
    void one_is_due_when_many_events_have_come() {
        assertThat(pace.isDue(CheckpointPace.EVENTS, 0, at(1))).isFalse();
        assertThat(pace.isDue(CheckpointPace.EVENTS + 1, 0, at(2))).isTrue();
    }

    @Test
    void one_that_took_long_is_followed_by_a_long_rest() {
        pace.made(at(0), at(10));

        assertThat(pace.isDue(500_000, 0, at(209))).isFalse();
        assertThat(pace.isDue(500_001, 0, at(210))).isTrue();
    }

    private static long at(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
