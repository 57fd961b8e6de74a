package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that is silent loses its task; when it comes back, it is told so. */
class LeaseTest {

    private static final String[] SHORT = {"--muster.task.lease=PT1S", "--muster.task.supervision-interval=PT0.2S"};

    @TempDir
    Path home;

    @Test
    void a_silent_agent_loses_its_task_and_its_late_completion_is_refused() {
        try (var server = TestServer.start(home, SHORT)) {
            var api = server.api();
            prepare(api);
            var token = claim(api, "ada");
            awaitLoss(api);
            assertThat(claim(api, "ben")).isGreaterThan(token);
            assertLate(api, token);
        }
    }

    @Test
    void also_when_the_server_was_restarted_in_between() {
        long token;
        try (var server = TestServer.start(home, SHORT)) {
            prepare(server.api());
            token = claim(server.api(), "ada");
        }
        try (var server = TestServer.start(home, SHORT)) {
            var api = server.api();
            awaitLoss(api);
            assertThat(claim(api, "ben")).isGreaterThan(token);
            assertLate(api, token);
        }
    }

    @Test
    void an_agent_that_says_that_it_is_alive_keeps_its_task() {
        try (var server = TestServer.start(home, SHORT)) {
            var api = server.api();
            prepare(api);
            var token = claim(api, "ada");
            var until = System.nanoTime() + 3_000_000_000L;
            while (System.nanoTime() < until) {
                assertThat(api.command("extend-lease", "ada", Map.of("taskId", "t", "fencingToken", token))
                                .status())
                        .isEqualTo(200);
                LockSupport.parkNanos(200_000_000);
            }
            assertThat(api.command("complete-task", "ada", Map.of("taskId", "t", "fencingToken", token))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void prepare(HttpApi api) {
        api.command("register-agent", "ada", Map.of());
        api.command("register-agent", "ben", Map.of());
        api.command(
                "submit-task", "anonymous", Map.of("taskId", "t", "title", "Work", "retry", Map.of("backoff", "PT0S")));
    }

    private static long claim(HttpApi api, String agent) {
        var claimed = api.command("claim-task", agent, Map.of("taskId", "t"));
        assertThat(claimed.status()).as(claimed.body().toString()).isEqualTo(200);
        return claimed.body().get("result").get("fencingToken").asLong();
    }

    private static void awaitLoss(HttpApi api) {
        api.await(
                "/api/queries/get-task?taskId=t",
                task -> task.get("attempt").asInt() == 2 && task.get("ready").asBoolean());
    }

    private static void assertLate(HttpApi api, long token) {
        var late = api.command("complete-task", "ada", Map.of("taskId", "t", "fencingToken", token));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.problem()).isEqualTo("task-lease-lost");
        assertThat(late.body().get("detail").asString()).contains("ben");
    }
}
