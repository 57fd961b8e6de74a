package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a client is told of a failure. */
class HttpProblemTest {

    @Test
    void who_waited_when_the_server_stopped_is_to_ask_again() {
        var problem = HttpProblem.of(new CompletionException(new InterruptedException()));

        assertThat(problem.code()).isEqualTo("server-stopping");
        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.extras()).containsKey("retryAfterSeconds");
    }

    @Test
    void of_a_fault_inside_nothing_is_told_but_that_there_was_one() {
        var problem = HttpProblem.of(new IllegalStateException("secret"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.detail()).doesNotContain("secret");
    }
}
