package dev.muster.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.message.InvalidField;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    @Test
    void a_task_is_attempted_three_times_from_a_second_on_if_nobody_says() {
        assertThat(Retry.DEFAULT).isEqualTo(new Retry(3, Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, 1, PT1S",
        "PT1S, 2, PT2S",
        "PT1S, 5, PT16S",
        "PT0.5S, 3, PT2S",
        "PT1S, 17, PT18H12M16S",
        "PT1S, 18, PT24H",
        "PT1S, 100, PT24H",
        "PT24H, 1, PT24H",
        "PT24H, 2, PT24H",
        "PT0S, 1, PT0S",
        "PT0S, 100, PT0S",
        "PT13H, 2, PT24H",
        "PT12H, 2, PT24H"
    })
    void the_rest_doubles_with_each_attempt_up_to_a_day(Duration backoff, int attempt, Duration rest) {
        assertThat(new Retry(null, backoff).restAfter(attempt)).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void a_task_is_attempted_1_to_100_times(int attempts) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Retry(attempts, null))
                .withMessageContaining("retry.maxAttempts must be from 1 to 100, but is " + attempts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT24H0.001S"})
    void a_rest_is_at_most_a_day(Duration backoff) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> new Retry(null, backoff))
                .withMessageContaining("retry.backoff must be from PT0S to PT24H, but is " + backoff);
    }
}
