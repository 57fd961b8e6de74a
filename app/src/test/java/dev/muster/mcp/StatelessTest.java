package dev.muster.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
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

/** The revision 2026-07-28: each request stands alone. */
@Timeout(60)
class StatelessTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static McpClient ada;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.mcp.max-subscriptions=2");
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
        ada = new McpClient(api, "ada");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void submit(String id) {
        var seen = api.command("submit-task", "anonymous", Map.of("taskId", id, "title", "Task " + id))
                .body()
                .path("seen")
                .asString();
        api.get("/api/queries/get-task?taskId=" + id + "&after=" + seen);
    }

    @Test
    void the_server_says_what_it_speaks_and_offers() {
        var found = ada.ask("server/discover", Map.of()).result();

        assertThat(found.get("supportedVersions"))
                .extracting(version -> version.asString())
                .contains("2026-07-28", "2025-11-25");
        assertThat(found.at("/capabilities/resources/subscribe").asBoolean()).isTrue();
        assertThat(found.path("resultType").asString()).isEqualTo("complete");
        assertThat(found.path("cacheScope").asString()).isEqualTo("public");
        assertThat(found.path("_meta")
                        .path("io.modelcontextprotocol/serverInfo")
                        .path("name")
                        .asString())
                .isEqualTo("muster");
    }

    @ParameterizedTest
    @CsvSource({
        "tools/list, public",
        "prompts/list, public",
        "resources/templates/list, public",
        "resources/list, private"
    })
    void a_list_says_how_long_and_by_whom_it_may_be_kept(String method, String scope) {
        var listed = ada.ask(method, Map.of()).result();

        assertThat(listed.path("resultType").asString()).isEqualTo("complete");
        assertThat(listed.path("cacheScope").asString()).isEqualTo(scope);
        assertThat(listed.path("ttlMs").isIntegralNumber()).isTrue();
    }

    @Test
    void an_agent_works_a_task_from_claim_to_completion() {
        submit("worked");

        var claim = ada.call("claim_task", Map.of("taskId", "worked"));
        var token = claim.at("/structuredContent/result/fencingToken").asLong();
        var done = ada.call("complete_task", Map.of("taskId", "worked", "fencingToken", token));
        var again = ada.call("complete_task", Map.of("taskId", "worked", "fencingToken", token));

        assertThat(claim.path("resultType").asString()).isEqualTo("complete");
        assertThat(done.path("isError").asBoolean()).isFalse();
        assertThat(again.path("isError").asBoolean()).isTrue();
        assertThat(again.at("/structuredContent/type").asString()).startsWith("urn:muster:problem:");
    }

    @Test
    void a_listener_is_told_first_what_is_honored_and_then_of_each_change() {
        submit("heard");

        try (var events = ada.listen(List.of("muster://task/heard", "muster://task/nowhere"))) {
            var acknowledged = events.next();
            ada.call("comment_on_task", Map.of("taskId", "heard", "text", "hello"));
            var told = events.next();

            assertThat(acknowledged.path("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(acknowledged.at("/params/notifications/resourceSubscriptions"))
                    .extracting(uri -> uri.asString())
                    .containsExactly("muster://task/heard");
            assertThat(told.path("method").asString()).isEqualTo("notifications/resources/updated");
            assertThat(told.at("/params/uri").asString()).isEqualTo("muster://task/heard");
            assertThat(told.at("/params/_meta")).isEqualTo(acknowledged.at("/params/_meta"));
        }
    }

    @Test
    void what_was_just_made_can_be_read_and_followed() {
        for (var i = 0; i < 5; i++) {
            var uri = "muster://task/fresh-" + i;
            ada.call("submit_task", Map.of("taskId", "fresh-" + i, "title", "Fresh"));
            assertThat(ada.ask("resources/read", Map.of("uri", uri)).error()).isZero();
            ada.call("submit_task", Map.of("taskId", "fresher-" + i, "title", "Fresher"));
            try (var events = ada.listen(List.of("muster://task/fresher-" + i))) {
                assertThat(events.next().at("/params/notifications/resourceSubscriptions"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_listener_follows_so_many_resources_and_no_more() {
        var refused = ada.ask(
                "subscriptions/listen",
                Map.of("notifications", Map.of("resourceSubscriptions", List.of("a:1", "a:2", "a:3"))));

        assertThat(refused.error()).isEqualTo(-32602);
        assertThat(refused.text()).contains("muster.mcp.max-subscriptions");
    }

    @Test
    void a_server_that_stops_ends_its_streams_with_a_result(@TempDir Path other) {
        var stopping = TestServer.start(other);
        try (var events = new McpClient(stopping.api(), "anonymous").listen(List.of())) {
            events.next();

            stopping.close();

            assertThat(events.next().at("/result/resultType").asString()).isEqualTo("complete");
            assertThat(events.hasEnded()).isTrue();
        }
    }

    @Test
    void a_request_without_a_header_or_with_another_than_its_body_is_refused() {
        var params = McpClient.withMeta(Map.of("name", "count_tasks", "arguments", Map.of()));
        var body = ada.message("tools/call", params);

        assertThat(refused(body)).isEqualTo(-32020);
        assertThat(refused(body, "MCP-Protocol-Version", "2025-11-25")).isEqualTo(-32020);
        assertThat(refused(body, "MCP-Protocol-Version", "2026-07-28")).isEqualTo(-32020);
        assertThat(refused(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list"))
                .isEqualTo(-32020);
        assertThat(refused(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call"))
                .isEqualTo(-32020);
        assertThat(refused(
                        body,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "claim_next_task"))
                .isEqualTo(-32020);
        assertThat(refused(
                        body,
                        "MCP-Protocol-Version",
                        "2026-07-28",
                        "Mcp-Method",
                        "tools/call",
                        "Mcp-Name",
                        "=?base64?%%%?="))
                .isEqualTo(-32020);
    }

    private static int refused(String body, String... headers) {
        var answer = ada.post(body, headers);
        assertThat(answer.status()).isEqualTo(400);
        return answer.error();
    }

    @Test
    void a_name_may_be_encoded_in_its_header() {
        var body = ada.message("tools/call", McpClient.withMeta(Map.of("name", "count_tasks", "arguments", Map.of())));
        var encoded = Base64.getEncoder().encodeToString("count_tasks".getBytes(StandardCharsets.UTF_8));

        var answer = ada.post(
                body,
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "=?base64?" + encoded + "?=");

        assertThat(answer.result().path("isError").asBoolean()).isFalse();
    }

    @Test
    void a_revision_that_is_not_spoken_is_answered_with_those_that_are() {
        var answer = ada.post(ada.message("tools/list", Map.of()), "MCP-Protocol-Version", "2031-01-01");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(-32022);
        assertThat(answer.message().at("/error/data/requested").asString()).isEqualTo("2031-01-01");
        assertThat(answer.message().at("/error/data/supported"))
                .extracting(version -> version.asString())
                .contains("2026-07-28", "2025-11-25");
    }

    @Test
    void a_request_says_who_made_it_and_what_the_client_can_do() {
        var answer = ada.post(
                ada.message("tools/list", Map.of()), "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo(-32602);
    }

    @Test
    void a_method_that_is_not_there_is_not_found() {
        assertThat(ada.ask("tools/forget", Map.of()).status()).isEqualTo(404);
        assertThat(ada.ask("tools/forget", Map.of()).error()).isEqualTo(-32601);
        assertThat(ada.ask("initialize", Map.of()).error()).isEqualTo(-32601);
    }

    @Test
    void a_resource_that_is_not_there_is_an_invalid_parameter() {
        assertThat(ada.ask("resources/read", Map.of("uri", "muster://task/nowhere"))
                        .error())
                .isEqualTo(-32602);
    }

    @Test
    void a_notification_is_accepted_and_no_session_is_made() {
        var notification = HttpApi.JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "method", "notifications/cancelled", "params", McpClient.withMeta(Map.of())));

        var answer = ada.post(notification, "MCP-Protocol-Version", "2026-07-28");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(ada.ask("tools/list", Map.of()).header("Mcp-Session-Id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost.evil.example", "http://[", ""})
    void a_web_page_of_elsewhere_is_refused(String origin) {
        var answer = ada.post(ada.message("server/discover", McpClient.withMeta(Map.of())), "Origin", origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("origin-not-allowed");
    }

    @Test
    void a_web_page_of_this_machine_may_call() {
        var answer = ada.post(
                ada.message("server/discover", McpClient.withMeta(Map.of())),
                "Origin",
                "http://localhost:6274",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "server/discover");

        assertThat(answer.status()).isEqualTo(200);
    }
}
