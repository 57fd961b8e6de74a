package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who was refused tries at once with the version that was named, and waits if that was refused as well. */
class BackOffTest {

    private static final int TRY_NANOS = 1_000_000;

    @Test
    void every_second_refusal_in_a_row_makes_it_wait_up_to_four_times_as_long() {
        assertThat(IntStream.rangeClosed(1, 8)
                        .mapToLong(refusals -> BackOff.longestWait(refusals, TRY_NANOS) / TRY_NANOS))
                .containsExactly(0L, 4L, 0L, 16L, 0L, 64L, 0L, 256L);
    }

    @Test
    void it_waits_for_no_more_tries_and_no_longer_than_a_bound_however_often_it_was_refused() {
        assertThat(BackOff.longestWait(1_000_000, TRY_NANOS)).isEqualTo(256L * TRY_NANOS);
        assertThat(BackOff.longestWait(1_000_000, 100L * TRY_NANOS)).isEqualTo(BackOff.LONGEST_NANOS);
    }
}
