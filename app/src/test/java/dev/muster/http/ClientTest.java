package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.TestServer;
import dev.muster.access.OperatorTokenFile;
import dev.muster.client.Agent;
import dev.muster.client.Event;
import dev.muster.client.MusterClient;
import dev.muster.client.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client works on a real server as it says. */
class ClientTest {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration PATIENT = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private MusterClient client(TestServer server) {
        return MusterClient.at(server.api().url())
                .token(OperatorTokenFile.read(home).orElseThrow())
                .build();
    }

    @Test
    void agents_work_off_the_board_and_no_task_is_done_twice() throws Exception {
        try (var server = TestServer.start(home)) {
            var muster = client(server);
            for (int number = 0; number < 12; number++) {
                muster.command("submit-task", Map.of("taskId", "t-" + number, "title", "Task " + number));
            }
            var threads = Executors.newFixedThreadPool(3);
            List<Callable<List<String>>> agents =
                    List.of(() -> workAll(muster, "ada"), () -> workAll(muster, "ben"), () -> workAll(muster, "cleo"));

            var done = new ArrayList<String>();
            for (Future<List<String>> each : threads.invokeAll(agents)) {
                done.addAll(each.get());
            }
            threads.shutdown();

            assertThat(done).hasSize(12).doesNotHaveDuplicates();
            assertThat(muster.query("get-task", Map.of("taskId", "t-3", "wait", "PT5S"))
                            .path("state")
                            .asString())
                    .isEqualTo("completed");
        }
    }

    private static List<String> workAll(MusterClient muster, String name) throws InterruptedException {
        var agent = muster.onBehalfOf(name).agent(name);
        agent.register(List.of(), 1);
        agent.register(List.of(), 1);
        var done = new ArrayList<String>();
        Agent.Work work = task -> {
            task.report(50, "half", null);
            done.add(task.id());
            return Map.of("by", name);
        };
        while (agent.workOnNext(Duration.ofSeconds(1), work)) {
            // One after the other.
        }
        return done;
    }

    @Test
    void a_task_is_held_for_longer_than_a_lease_while_its_agent_lives() throws Exception {
        try (var server = TestServer.start(home, "--muster.task.lease=PT1S")) {
            var muster = client(server);
            var ada = muster.agent("ada");
            ada.register(List.of(), 1);
            muster.command("submit-task", Map.of("taskId", "long", "title", "Long"));

            try (var task = ada.claimNext(PATIENT).orElseThrow()) {
                // Each time it is extended it would have ended but for that.
                server.api()
                        .await(
                                "/api/events?entity=task/long",
                                log -> log.get("items")
                                                .valueStream()
                                                .filter(event -> event.get("type")
                                                        .asString()
                                                        .equals("LeaseExtended"))
                                                .count()
                                        >= 3);
                assertThat(task.isLost()).isFalse();
                task.complete("done");
            }

            var types = new ArrayList<String>();
            for (var event :
                    muster.get("/api/events", Map.of("entity", "task/long")).path("items")) {
                types.add(event.path("type").asString());
            }
            assertThat(types).contains("TaskCompleted").doesNotContain("LeaseExpired");
        }
    }

    @Test
    void a_stream_of_events_goes_on_after_the_server_was_away() throws Exception {
        var server = TestServer.start(home);
        var port = server.api().url().replaceAll(".*:", "");
        try (var events = client(server).follow(Map.of("type", "TaskSubmitted"), -1)) {
            client(server).command("submit-task", Map.of("taskId", "before", "title", "Before"));
            assertThat(events.next(PATIENT).map(Event::entity)).contains("task/before");

            server.close();
            server = TestServer.start(home, "--server.port=" + port);
            client(server).command("submit-task", Map.of("taskId", "after", "title", "After"));

            assertThat(events.next(PATIENT).map(Event::entity)).contains("task/after");
        } finally {
            server.close();
        }
    }

    @Test
    void a_refusal_says_what_it_is() {
        try (var server = TestServer.start(home)) {
            var muster = client(server);

            assertThatThrownBy(() -> muster.agent("nobody").claimNext(NOW))
                    .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo("agent-not-found"));
        }
    }
}
