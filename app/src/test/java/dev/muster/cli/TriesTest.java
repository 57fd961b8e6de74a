package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of what was measured several times the best is told, and the one in the middle. */
class TriesTest {

    private final Tries tries = new Tries(4, 9, 2, 7, 5);

    @Test
    void of_rates_the_best_is_the_most() {
        assertThat(tries.most("rate")).isEqualTo(Map.of("rate", 9.0, "rateMiddle", 5.0));
    }

    @Test
    void of_times_the_best_is_the_least() {
        assertThat(tries.least("seconds")).isEqualTo(Map.of("seconds", 2.0, "secondsMiddle", 5.0));
    }
}
