package dev.muster.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed or too much is refused, without a word about the server's innards. */
@Timeout(60)
class HostileTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static McpClient client;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.mcp.max-sessions=3", "--muster.http.max-body-bytes=20000");
        client = new McpClient(server.api(), "ada");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "7",
                "\"x\"",
                "[]",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "{}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":7}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7}}}",
            })
    void a_message_that_is_none_is_a_bad_request(String body) {
        var answer = client.post(body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.error()).isNegative();
        saysNothingOfItsInnards(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"protocolVersion\":7}",
                "{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":7}",
                "{\"protocolVersion\":\"2025-11-25\",\"clientInfo\":{\"name\":{}}}",
            })
    void a_session_does_not_begin_with_what_is_malformed(String params) {
        var answer = client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":" + params + "}");

        assertThat(answer.status()).isLessThan(500);
        assertThat(answer.error()).as(answer.text()).isNegative();
        assertThat(answer.header("Mcp-Session-Id")).isEmpty();
        saysNothingOfItsInnards(answer);
    }

    @Test
    void as_many_sessions_begin_as_may_and_no_more() {
        var open = new ArrayList<McpClient.Session>();
        for (var i = 0; i < 3; i++) {
            open.add(client.begin());
        }

        var refused = client.initialize();
        open.get(0).end();
        open.set(0, client.begin());

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(refused.text()).contains("muster.mcp.max-sessions");
        open.forEach(session -> assertThat(session.end()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":7}",
                "{\"name\":\"no_such_tool\"}",
                "{\"name\":\"../commands/assign-task\"}",
                "{\"name\":\"assign_task\",\"arguments\":{}}",
                "{\"name\":\"expire_lease\",\"arguments\":{}}",
                "{\"name\":\"get_task\",\"arguments\":[]}",
                "{\"name\":\"get_task\",\"arguments\":{\"taskId\":{}}}",
                "{\"name\":\"get_task\",\"arguments\":{\"taskId\":\"a b\"}}",
                "{\"name\":\"get_task\",\"arguments\":{\"taskId\":\"x\",\"position\":{}}}",
                "{\"name\":\"get_task\",\"arguments\":{\"taskId\":\"x\",\"asOf\":[1]}}",
                "{\"name\":\"submit_task\",\"arguments\":{\"title\":\"x\",\"idempotencyKey\":{}}}",
                "{\"name\":\"submit_task\",\"arguments\":{\"title\":\"x\",\"idempotencyKey\":\"\"}}",
                "{\"name\":\"submit_task\",\"arguments\":{\"title\":\"x\",\"expectedVersion\":\"7\"}}",
                "{\"name\":\"submit_task\",\"arguments\":{\"title\":\"x\",\"expectedVersion\":-1}}",
                "{\"name\":\"submit_task\",\"arguments\":{\"title\":\"x\",\"actor\":\"operator:me\"}}",
                "{\"name\":\"submit_task\",\"arguments\":{\"title\":[\"x\"]}}",
                "{\"name\":\"claim_next_task\",\"arguments\":{\"wait\":\"P1D\"}}",
                "{\"name\":\"what_if\",\"arguments\":{\"changes\":7}}",
            })
    void a_call_that_is_malformed_is_refused_and_changes_nothing(String params) {
        var before = server.api().events("").size();
        var session = client.begin();
        var call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":" + params + "}";

        var answer = client.post(call, "Mcp-Session-Id", session.id());
        session.end();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.error() < 0 || answer.result().path("isError").asBoolean())
                .as(answer.text())
                .isTrue();
        assertThat(answer.text()).doesNotContain("internal-error");
        saysNothingOfItsInnards(answer);
        assertThat(server.api().events("")).hasSize(before);
    }

    @Test
    void what_is_too_large_or_too_deep_is_refused() {
        var large = client.post(client.message("ping", Map.of("text", "x".repeat(20_000))));
        var deep = client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":" + "{\"a\":".repeat(500)
                + "1" + "}".repeat(501));

        assertThat(large.status()).isEqualTo(413);
        assertThat(deep.status()).isEqualTo(400);
        saysNothingOfItsInnards(deep);
    }

    @Test
    void a_session_that_is_not_there_is_not_found() {
        for (var id : new String[] {"x", "../..", "x".repeat(4_000)}) {
            var answer = client.post(client.message("tools/list", Map.of()), "Mcp-Session-Id", id);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.error()).isNegative();
        }
    }

    @Test
    void a_client_that_takes_no_stream_is_told_so() {
        var answer =
                server.api().post("/mcp", "ada", client.message("initialize", Map.of("protocolVersion", "2025-11-25")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asString()).contains("Accept");
        assertThat(answer.body().toString()).doesNotContain("stackTrace");
    }

    @Test
    void nobody_acts_as_the_system() {
        var answer = new McpClient(server.api(), "system:me").ask("tools/list", Map.of());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("actor-reserved");
    }

    private static void saysNothingOfItsInnards(McpClient.Answer answer) {
        assertThat(answer.text())
                .doesNotContain("stackTrace")
                .doesNotContain("Exception")
                .doesNotContain("dev.muster.")
                .doesNotContain("io.modelcontextprotocol.");
    }
}
