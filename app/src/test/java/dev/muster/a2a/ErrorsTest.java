package dev.muster.a2a;

import static dev.muster.a2a.A2aClient.message;
import static dev.muster.a2a.A2aClient.text;
import static dev.muster.a2a.A2aClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What Muster says of itself, and what it refuses. */
@Timeout(90)
class ErrorsTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static A2aClient outsider;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.query.max-streams=0");
        api = server.api();
        outsider = new A2aClient(api, "outsider");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_card_says_where_and_how_to_hand_over_work() {
        var answer = api.anonymous().get("/.well-known/agent-card.json");

        var card = answer.body();
        for (var required : List.of(
                "name",
                "description",
                "supportedInterfaces",
                "version",
                "capabilities",
                "defaultInputModes",
                "defaultOutputModes",
                "skills")) {
            assertThat(card.has(required)).as(required).isTrue();
        }
        assertThat(card.at("/supportedInterfaces/0/url").asString()).isEqualTo(api.url() + "/a2a");
        assertThat(card.at("/supportedInterfaces/0/protocolBinding").asString()).isEqualTo("JSONRPC");
        assertThat(card.at("/supportedInterfaces/0/protocolVersion").asString()).isEqualTo("1.0");
        assertThat(card.at("/capabilities/streaming").asBoolean()).isTrue();
        assertThat(card.at("/capabilities/extensions"))
                .extracting(extension -> extension.get("uri").asString())
                .containsExactly(A2aClient.POSITION, A2aClient.WORK);
        assertThat(card.at("/securitySchemes/bearer/httpAuthSecurityScheme/scheme")
                        .asString())
                .isEqualTo("Bearer");
        assertThat(answer.headers()).containsKeys("cache-control", "etag");
    }

    @ParameterizedTest
    @CsvSource({
        "'', -32009",
        "0.3, -32009",
        "1.1, -32009",
        "2.0, -32009",
        "nonsense, -32009",
        "1.0, -32001",
        "1.0.1, -32001"
    })
    void a_request_is_of_the_version_that_is_spoken(String version, int error) {
        var request = outsider.request("GetTask", Map.of("id", "nowhere"));

        var answer = version.isEmpty() ? outsider.post(request) : outsider.post(request, "A2A-Version", version);

        assertThat(answer.error()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource({
        "GetTask, -32001",
        "CancelTask, -32001",
        "SubscribeToTask, -32001",
        "CreateTaskPushNotificationConfig, -32003",
        "GetTaskPushNotificationConfig, -32003",
        "ListTaskPushNotificationConfigs, -32003",
        "DeleteTaskPushNotificationConfig, -32003",
        "GetExtendedAgentCard, -32004",
        "message/send, -32601",
        "Nonsense, -32601"
    })
    void a_method_has_its_error(String method, int error) {
        var answer = outsider.call(method, Map.of("id", "nowhere"));

        assertThat(answer.error()).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/error/data/0/@type").asString())
                .isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
        assertThat(answer.json().at("/error/data/0/domain").asString()).isEqualTo("a2a-protocol.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mission:nowhere", "no where", "mission:", "a/b/c"})
    void what_is_nobodys_identifier_is_not_found(String id) {
        assertThat(outsider.call("GetTask", Map.of("id", id)).error()).isEqualTo(-32001);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | -32700",
                "'' | -32700",
                "[] | -32600",
                "7 | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"GetTask\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"method\":\"GetTask\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"GetTask\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":[]} | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\"} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":7}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"GetTask\",\"params\":{\"id\":\"a\",\"historyLength\":-1}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ListTasks\",\"params\":{\"pageSize\":0}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ListTasks\",\"params\":{\"pageSize\":101}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ListTasks\",\"params\":{\"pageToken\":\"x\"}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ListTasks\",\"params\":{\"pageToken\":\"0:x\"}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ListTasks\",\"params\":{\"status\":\"working\"}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ListTasks\",\"params\":{\"statusTimestampAfter\":\"now\"}} | -32602",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"SendMessage\",\"params\":{}} | -32602"
            })
    void what_is_malformed_is_refused(String body, int error) {
        var answer = outsider.post(body, "A2A-Version", "1.0");

        assertThat(answer.error()).as(answer.json().toString()).isEqualTo(error);
        assertThat(answer.json().get("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(answer.json().has("id")).isTrue();
        assertThat(answer.status()).isLessThan(500);
    }

    @Test
    void a_message_is_refused_with_the_field_that_is_wrong() {
        var good = message("m", text("Work"));
        var before = api.events("").size();

        refused(with(good, "messageId", ""), "message.messageId");
        refused(with(good, "messageId", "x".repeat(129)), "message.messageId");
        refused(with(good, "role", "ROLE_AGENT"), "message.role");
        refused(with(good, "parts", List.of()), "message.parts");
        refused(with(good, "parts", List.of("text")), "message.parts[0]");
        refused(with(good, "parts", List.of(Map.of())), "message.parts[0].text");
        refused(with(good, "parts", List.of(Map.of("text", "a", "data", 1))), "message.parts[0].text");
        refused(with(good, "parts", List.of(Map.of("text", 7))), "message.parts[0].text");
        refused(with(good, "contextId", " "), "message.contextId");
        refused(with(good, "metadata", Map.of(A2aClient.WORK, 7)), "message.metadata." + A2aClient.WORK);
        refused(
                with(good, "metadata", Map.of(A2aClient.WORK, Map.of("labels", "a"))),
                "message.metadata." + A2aClient.WORK + ".labels");
        refused(with(good, "metadata", Map.of(A2aClient.WORK, Map.of("priority", 77))), "priority");
        refused(with(good, "metadata", Map.of(A2aClient.WORK, Map.of("color", "red"))), "color");
        refused(with(good, "parts", List.of(text("x".repeat(70_000)))), "instruction");
        assertThat(api.events("")).hasSize(before);
    }

    private static void refused(Map<String, ?> message, String field) {
        var answer = outsider.send(message);
        assertThat(answer.error()).as(answer.json().toString()).isEqualTo(-32602);
        assertThat(answer.json().at("/error/data/0/fieldViolations/0/field").asString())
                .isEqualTo(field);
    }

    @Test
    void a_plan_with_faults_is_refused() {
        var plan = Map.of(
                "title", "Circle", "steps", List.of(Map.of("stepId", "a", "title", "A", "dependsOn", List.of("a"))));

        assertThat(outsider.send(message("circle", Map.of("data", Map.of("plan", plan))))
                        .error())
                .isEqualTo(-32602);
    }

    @Test
    void bytes_are_not_taken() {
        assertThat(outsider.send(message("raw", Map.of("raw", "AAAA"))).error()).isEqualTo(-32005);
    }

    @Test
    void push_notifications_are_refused_with_the_message_that_wants_them() {
        var answer = outsider.call(
                "SendMessage",
                Map.of(
                        "message",
                        message("push", text("Push")),
                        "configuration",
                        Map.of("taskPushNotificationConfig", Map.of("url", "https://example.com"))));

        assertThat(answer.error()).isEqualTo(-32003);
    }

    @Test
    void a_message_to_a_task_must_fit_it() {
        var id = outsider.send(message("fit", text("Fit"))).task().get("id").asString();

        assertThat(outsider.send(with(message("fit-1", text("?")), "taskId", "nowhere"))
                        .error())
                .isEqualTo(-32001);
        assertThat(outsider.send(with(with(message("fit-2", text("?")), "taskId", id), "contextId", "other"))
                        .error())
                .isEqualTo(-32602);
        outsider.call("CancelTask", Map.of("id", id));
        assertThat(outsider.send(with(message("fit-3", text("?")), "taskId", id))
                        .error())
                .isEqualTo(-32004);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.", "99999999999999999999", "123456789012345678"})
    void a_position_that_was_not_told_is_refused(String position) {
        var id = outsider.send(message("p" + position, text("Position")))
                .task()
                .get("id")
                .asString();

        var answer =
                outsider.call("SubscribeToTask", Map.of("id", id, "metadata", Map.of(A2aClient.POSITION, position)));

        assertThat(answer.error()).isEqualTo(-32602);
        assertThat(answer.contentType()).startsWith("application/json");
    }

    @Test
    void who_acts_as_the_system_is_refused_before_anything_else() {
        JsonNode answer = api.post(
                        "/a2a", "system:mission", outsider.request("GetTask", Map.of("id", "a")), "A2A-Version", "1.0")
                .body();

        assertThat(answer.path("type").asString()).isEqualTo("urn:muster:problem:actor-reserved");
    }

    @Test
    void what_can_not_be_had_now_says_when_to_ask_again() {
        var id = outsider.send(message("later", text("Later"))).task().get("id").asString();

        var answer = outsider.call("SubscribeToTask", Map.of("id", id));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).isEqualTo("5");
        assertThat(answer.error()).isEqualTo(-32603);
        assertThat(answer.json().at("/error/data/0/reason").asString()).isEqualTo("TOO_MANY_STREAMS");
    }
}
