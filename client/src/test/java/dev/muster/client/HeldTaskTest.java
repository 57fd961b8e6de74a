package dev.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.client.FakeServer.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a task is held and worked on. */
@Timeout(120)
class HeldTaskTest {

    private static final Duration NOW = Duration.ZERO;
    private static final String NOTHING = "{\"id\":\"t-1\",\"version\":5,\"seen\":\"task/t-1@5\",\"result\":null}";
    private static final String LEASE_LOST = "{\"type\":\"urn:muster:problem:task-lease-lost\",\"detail\":\"Gone.\"}";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Reply assigned(Duration lease) {
        var ends = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(lease);
        return new Reply(
                200,
                "{\"id\":\"t-1\",\"version\":2,\"seen\":\"task/t-1@2\",\"result\":{\"taskId\":\"t-1\",\"agentId\":\"ada\","
                        + "\"fencingToken\":4,\"leaseExpiresAt\":\"" + ends + "\",\"attempt\":2}}");
    }

    private Agent agent() {
        return MusterClient.at(server.url()).patience(NOW).build().agent("ada");
    }

    @Test
    void nothing_is_claimed_where_nothing_is_ready() {
        server.on("/api/commands/claim-next-task", new Reply(200, NOTHING));

        assertThat(agent().claimNext(NOW)).isEmpty();
    }

    @Test
    void what_is_said_of_a_task_goes_with_its_fencing_token() {
        server.on("/api/commands/claim-next-task", assigned(Duration.ofMinutes(1)));
        server.on("/api/commands/report-progress", new Reply(200, NOTHING));
        server.on("/api/commands/complete-task", new Reply(200, NOTHING));

        try (var task = agent().claimNext(NOW).orElseThrow()) {
            task.report(50, "half", new Usage(10, 5, 7));
            task.complete(Map.of("commit", "4f1c"));
        }

        assertThat(server.requests("/api/commands/report-progress").get(0).body())
                .isEqualTo(
                        "{\"taskId\":\"t-1\",\"agentId\":\"ada\",\"fencingToken\":4,\"percent\":50,\"note\":\"half\","
                                + "\"usage\":{\"inputTokens\":10,\"outputTokens\":5,\"costMicros\":7}}");
        assertThat(server.requests("/api/commands/complete-task").get(0).body())
                .isEqualTo(
                        "{\"taskId\":\"t-1\",\"agentId\":\"ada\",\"fencingToken\":4,\"result\":{\"commit\":\"4f1c\"}}");
    }

    @Test
    void a_held_task_is_kept_alive_in_the_background() throws InterruptedException {
        server.on("/api/commands/claim-next-task", assigned(Duration.ofSeconds(1)));
        server.on("/api/commands/extend-lease", assigned(Duration.ofSeconds(1)));

        try (var task = agent().claimNext(NOW).orElseThrow()) {
            server.awaitRequests("/api/commands/extend-lease", 2);
            assertThat(task.isOver()).isFalse();
        }
    }

    @Test
    void a_lost_task_interrupts_who_works_on_it_and_is_not_failed() throws InterruptedException {
        server.on("/api/commands/claim-next-task", assigned(Duration.ofSeconds(1)));
        server.on("/api/commands/extend-lease", new Reply(409, LEASE_LOST));
        var interrupted = new CountDownLatch(1);

        var worked = agent().workOnNext(NOW, task -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return null;
        });

        assertThat(worked).isTrue();
        assertThat(interrupted.await(0, TimeUnit.SECONDS)).isTrue();
        assertThat(server.requests("/api/commands/fail-task")).isEmpty();
        assertThat(server.requests("/api/commands/complete-task")).isEmpty();
    }

    @Test
    void what_the_work_returns_completes_the_task_and_what_it_throws_fails_it() throws InterruptedException {
        server.on("/api/commands/claim-next-task", assigned(Duration.ofMinutes(1)));
        server.on("/api/commands/complete-task", new Reply(200, NOTHING));
        server.on("/api/commands/fail-task", new Reply(200, NOTHING));

        agent().workOnNext(NOW, task -> Map.of("attempt", task.attempt()));
        agent().workOnNext(NOW, task -> {
            throw new IllegalStateException("two tests are red");
        });

        assertThat(server.requests("/api/commands/complete-task").get(0).body()).contains("\"result\":{\"attempt\":2}");
        assertThat(server.requests("/api/commands/fail-task").get(0).body()).contains("two tests are red");
    }

    @Test
    void the_interruption_by_a_loss_does_not_reach_what_comes_after_the_task() throws InterruptedException {
        server.on("/api/commands/claim-next-task", assigned(Duration.ofSeconds(1)));
        server.on("/api/commands/extend-lease", new Reply(409, LEASE_LOST));

        agent().workOnNext(NOW, task -> {
            while (!task.isLost()) {
                Thread.onSpinWait();
            }
            return "too late";
        });

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(server.requests("/api/commands/complete-task")).isEmpty();
    }

    @Test
    void work_that_is_refused_something_fails_the_attempt() throws InterruptedException {
        server.on("/api/commands/claim-next-task", assigned(Duration.ofMinutes(1)));
        server.on("/api/queries/get-task", new Reply(403, "{\"detail\":\"Not for you.\"}"));
        server.on("/api/commands/fail-task", new Reply(200, NOTHING));

        agent().workOnNext(NOW, HeldTask::details);

        assertThat(server.requests("/api/commands/fail-task").get(0).body()).contains("Not for you.");
    }

    @Test
    void a_refusal_that_is_no_loss_leaves_the_task_held() {
        server.on("/api/commands/claim-next-task", assigned(Duration.ofMinutes(1)));
        server.on(
                "/api/commands/report-progress",
                new Reply(409, "{\"type\":\"urn:muster:problem:task-wrong-state\",\"state\":\"suspended\"}"),
                new Reply(409, "{\"type\":\"urn:muster:problem:task-wrong-state\",\"state\":\"canceled\"}"));

        try (var task = agent().claimNext(NOW).orElseThrow()) {
            assertThatThrownBy(() -> task.report(1, "one", null)).isInstanceOf(RefusedException.class);
            assertThat(task.isLost()).isFalse();
            assertThatThrownBy(() -> task.report(2, "two", null)).isInstanceOf(RefusedException.class);
            assertThat(task.isLost()).isTrue();
        }
    }
}
