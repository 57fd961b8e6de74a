package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import io.github.bucket4j.TimeMeter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each may do so much in so much time, and is told when to come again. */
class LimitsTest {

    private final HandClock clock = new HandClock();

    private static final class HandClock implements TimeMeter {
        private long nanos = TimeUnit.DAYS.toNanos(1);

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    @Test
    void an_empty_bucket_says_when_there_is_one_again() {
        var limits = new Limits(2, Duration.ofMinutes(1), 10, clock);
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).hasValue(30);
        assertThat(limits.take("b")).isEmpty();
        clock.nanos += TimeUnit.SECONDS.toNanos(30);
        assertThat(limits.take("a")).isEmpty();
        assertThat(limits.take("a")).isPresent();
    }

    @Test
    void of_more_than_so_many_those_longest_silent_are_forgotten() {
        var limits = new Limits(1, Duration.ofMinutes(1), 2, clock);
        limits.take("a");
        limits.take("b");
        limits.take("c");
        assertThat(limits.take("c")).isPresent();
        assertThat(limits.take("b")).isPresent();
        assertThat(limits.take("a")).isEmpty();
    }

    @Test
    void without_an_amount_there_is_no_limit() {
        var limits = new Limits(0, Duration.ofMinutes(1), 2, clock);
        for (int i = 0; i < 100; i++) {
            assertThat(limits.take("a")).isEmpty();
        }
    }

    @Test
    void over_http_one_is_told_to_wait_and_a_good_token_is_let_in_beside_bad_ones(@TempDir Path home) {
        try (var server = TestServer.start(
                home, "--muster.access.failures-per-minute=2", "--muster.access.requests-per-second=3")) {
            var api = server.api();
            var nobody = api.anonymous();
            assertThat(nobody.get("/api/catalog").status()).isEqualTo(401);
            assertThat(api.with("muster_wrong").get("/api/catalog").status()).isEqualTo(401);
            var failed = nobody.get("/api/catalog");
            assertThat(failed.status()).isEqualTo(429);
            assertThat(failed.problem()).isEqualTo("too-many-failures");
            assertThat(failed.headers()).containsKey("retry-after");
            assertThat(api.with("muster_wrong").get("/api/catalog").status()).isEqualTo(429);

            var refused = api.awaitProblem("/api/queries/find-tasks", "too-many-requests");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers().get("retry-after")).containsExactly("1");
            api.await("/api/queries/find-tasks", answer -> true);
        }
    }
}
