package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From any event the causes can be walked to a client's request, by metadata alone. */
class CausesTest {

    @TempDir
    Path home;

    @Test
    void every_event_leads_back_to_a_request() {
        try (var server =
                TestServer.start(home, "--muster.task.lease=PT1S", "--muster.task.supervision-interval=PT0.2S")) {
            var api = server.api();
            var request =
                    requestOf(api.command("register-agent", "ada", Map.of(), "Muster-Correlation-Id", "project-7"));
            api.command("submit-task", "anonymous", Map.of("taskId", "first", "title", "First"));
            api.command(
                    "submit-task",
                    "anonymous",
                    Map.of("taskId", "second", "title", "Second", "blockers", List.of(Map.of("taskId", "first"))));
            var claimed = api.command("claim-next-task", "ada", Map.of());
            var completing = requestOf(api.command(
                    "complete-task",
                    "ada",
                    Map.of(
                            "taskId",
                            "first",
                            "fencingToken",
                            claimed.body().get("result").get("fencingToken").asLong())));
            api.await("/api/queries/get-task?taskId=second", task -> task.get("ready")
                    .asBoolean());
            var claiming = requestOf(api.command("claim-next-task", "ada", Map.of()));
            api.await("/api/queries/get-history?entity=task/second", history -> history.toString()
                    .contains("LeaseExpired"));
            api.await("/api/queries/get-history?entity=task/second", history -> history.toString()
                    .contains("RetryDue"));

            var events = api.events("");
            var byId = new HashMap<String, JsonNode>();
            events.forEach(event -> byId.put(event.get("id").asString(), event));
            assertThat(events).allSatisfy(event -> assertThat(root(event, byId)).startsWith("request:"));
            assertThat(root(of(events, "AgentRegistered"), byId)).isEqualTo(request);
            assertThat(root(of(events, "BlockerCleared"), byId)).isEqualTo(completing);
            assertThat(root(of(events, "LeaseExpired"), byId)).isEqualTo(claiming);
            assertThat(root(of(events, "RetryDue"), byId)).isEqualTo(claiming);
            assertThat(of(events, "AgentRegistered").get("correlationid").asString())
                    .isEqualTo("project-7");
            assertThat(of(events, "BlockerCleared").get("correlationid").asString())
                    .as("what supervision does belongs to the undertaking that it follows from")
                    .isEqualTo(of(events, "TaskCompleted").get("correlationid").asString());
            assertThat(of(events, "BlockerCleared").get("actor").asString()).isEqualTo("system:supervisor");
        }
    }

    private static String requestOf(HttpApi.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.headers().get("muster-request-id").get(0);
    }

    private static JsonNode of(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.get("type").asString().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static String root(JsonNode event, Map<String, JsonNode> byId) {
        var cause = event.get("causationid").asString();
        return byId.containsKey(cause) ? root(byId.get(cause), byId) : cause;
    }
}
