package dev.muster.a2a;

import static dev.muster.a2a.A2aClient.message;
import static dev.muster.a2a.A2aClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Each state of a task has its name in A2A; and tasks are listed by it. */
@Timeout(90)
class TaskStatesTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static A2aClient outsider;
    private static int sent;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
        outsider = new A2aClient(api, "outsider");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Arguments row(String state, String a2a, Consumer<Worker> work) {
        return Arguments.of(state, a2a, work);
    }

    static Stream<Arguments> states() {
        return Stream.of(
                row("submitted", "SUBMITTED", worker -> {}),
                row("assigned", "SUBMITTED", worker -> worker.assign()),
                row("working", "WORKING", worker -> worker.claim()),
                row("suspended", "WORKING", worker -> worker.claim().holds("suspend-task", Map.of())),
                row("working", "WORKING", worker -> worker.claim()
                        .holds("suspend-task", Map.of())
                        .holds("resume-task", Map.of())),
                row("input-required", "INPUT_REQUIRED", worker -> worker.claim()
                        .holds("request-input", Map.of("question", "Why?"))),
                row("submitted", "SUBMITTED", worker -> worker.claim().holds("release-task", Map.of())),
                row("submitted", "SUBMITTED", worker -> worker.assign().holds("decline-task", Map.of())),
                row("completed", "COMPLETED", worker -> worker.claim().complete("done")),
                row("failed", "FAILED", worker -> worker.claim()
                        .holds("fail-task", Map.of("error", "No way", "retryable", false))),
                row("canceled", "CANCELED", worker -> worker.operator("cancel-task", Map.of())),
                row("rejected", "REJECTED", worker -> worker.operator("reject-task", Map.of("reason", "Not here"))),
                row("submitted", "SUBMITTED", worker -> {
                    worker.claim().complete("done");
                    worker.operator("reopen-task", Map.of("reason", "Again"));
                }));
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_state_has_its_name(String state, String a2a, Consumer<Worker> work) {
        var id = outsider.send(message("m-" + ++sent, text("Task " + sent)))
                .task()
                .get("id")
                .asString();

        work.accept(new Worker(api, "ada", id));

        assertThat(outsider.get(id).at("/status/state").asString()).isEqualTo("TASK_STATE_" + a2a);
        var view = api.await(
                "/api/queries/get-task?taskId=" + id,
                body -> body.get("state").asString().equals(state));
        assertThat(view.status()).isEqualTo(200);
    }

    @Test
    void what_went_wrong_is_said_with_the_state() {
        var id =
                outsider.send(message("m-wrong", text("Fail"))).task().get("id").asString();
        new Worker(api, "ada", id).claim().holds("fail-task", Map.of("error", "No way", "retryable", false));

        assertThat(outsider.get(id).at("/status/message/parts/0/text").asString())
                .isEqualTo("No way");
    }

    @Test
    void tasks_are_listed_page_by_page_by_context_and_by_state() {
        for (var i = 0; i < 7; i++) {
            var id = outsider.send(A2aClient.with(message("l-" + i, text("Listed " + i)), "contextId", "listed"))
                    .task()
                    .get("id")
                    .asString();
            if (i < 2) {
                new Worker(api, "ada", id).claim();
            } else if (i < 4) {
                new Worker(api, "ada", id).claim().holds("suspend-task", Map.of());
            }
        }
        api.await(
                "/api/queries/count-tasks?label=a2a-context:listed",
                body -> body.get("total").asInt() == 7
                        && body.at("/byState/suspended").asInt() == 2);

        assertThat(all(Map.of("contextId", "listed", "pageSize", 3), 7))
                .hasSize(7)
                .doesNotHaveDuplicates();
        assertThat(all(Map.of("contextId", "listed", "pageSize", 3, "status", "TASK_STATE_WORKING"), 4))
                .hasSize(4)
                .doesNotHaveDuplicates();
        assertThat(all(Map.of("contextId", "listed", "status", "TASK_STATE_AUTH_REQUIRED"), 0))
                .isEmpty();
        assertThat(all(Map.of("contextId", "elsewhere"), 0)).isEmpty();
    }

    private static List<String> all(Map<String, Object> filter, int total) {
        var ids = new ArrayList<String>();
        var token = "";
        do {
            var page = outsider.call("ListTasks", A2aClient.with(filter, "pageToken", token))
                    .result();
            assertThat(page.get("totalSize").asInt()).isEqualTo(total);
            page.get("tasks").forEach(task -> ids.add(task.get("id").asString()));
            token = page.get("nextPageToken").asString();
        } while (!token.isEmpty());
        return ids;
    }

    @Test
    void a_list_has_artifacts_and_history_only_if_they_are_asked_for() {
        var sentOne = A2aClient.with(message("one", text("One")), "contextId", "one");
        var id = outsider.send(sentOne).task().get("id").asString();
        new Worker(api, "ada", id).claim().complete("done");
        api.await(
                "/api/queries/count-tasks?label=a2a-context:one",
                body -> body.at("/byState/completed").asInt() == 1);

        var plain = listed(Map.of("contextId", "one"));
        var whole = listed(Map.of("contextId", "one", "includeArtifacts", true, "historyLength", 5));
        var later = outsider.call(
                        "ListTasks", Map.of("contextId", "one", "statusTimestampAfter", "2999-01-01T00:00:00.000Z"))
                .result();

        assertThat(plain.has("artifacts")).isFalse();
        assertThat(plain.has("history")).isFalse();
        assertThat(whole.at("/artifacts/0/artifactId").asString()).isEqualTo("result");
        assertThat(whole.at("/history/0/messageId").asString()).isEqualTo("one");
        assertThat(later.get("tasks")).isEmpty();
    }

    private static JsonNode listed(Map<String, Object> params) {
        return outsider.call("ListTasks", params).result().at("/tasks/0");
    }
}
