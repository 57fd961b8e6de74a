package dev.muster.a2a;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.NodeScripts;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that others wrote: the TypeScript SDK of A2A. */
@Tag("slow")
@Timeout(300)
class ForeignClientTest {

    @Test
    void the_sdk_hands_over_work_follows_it_and_goes_on_after_a_cut(@TempDir Path home) throws Exception {
        var scripts = NodeScripts.install(Path.of("src", "test", "a2a"), Path.of("target", "a2a-client"));
        try (var server = TestServer.start(home)) {
            var api = server.api();
            api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
            var issued = api.command(
                    "issue-token", "", Map.of("tokenId", "outsider", "role", "agent", "agentId", "outsider"));
            var token = issued.body().at("/result/token").asString();
            var worked = CompletableFuture.runAsync(() -> work(api));

            var run = scripts.run(
                    "hand-over.mjs",
                    Map.of("MUSTER_URL", api.url(), "MUSTER_HEADERS", "{\"Authorization\":\"Bearer " + token + "\"}"));

            assertThat(run.exit()).as(run.output() + run.errors()).isZero();
            assertThat(run.output()).contains("handed over");
            worked.get(20, TimeUnit.SECONDS);
        }
    }

    /** An agent of the fleet: takes what was handed over once it may begin, asks, and completes it by the answer. */
    private static void work(HttpApi api) {
        var board = api.await(
                "/api/queries/find-tasks?label=a2a", page -> !page.get("items").isEmpty());
        var task = board.body().at("/items/0/taskId").asString();
        api.await(
                "/api/queries/get-task?taskId=" + task,
                view -> view.get("comments").asInt() == 1);
        var token = api.command("claim-task", "ada", Map.of("taskId", task))
                .body()
                .at("/result/fencingToken")
                .asLong();
        api.command("request-input", "ada", Map.of("taskId", task, "fencingToken", token, "question", "For whom?"));
        var answered = api.await("/api/queries/get-task?taskId=" + task, view -> view.hasNonNull("providedInput"));
        var result = Map.of(
                "name", "Rex", "for", answered.body().get("providedInput").asString());
        api.command("complete-task", "ada", Map.of("taskId", task, "fencingToken", token, "result", result));
    }
}
