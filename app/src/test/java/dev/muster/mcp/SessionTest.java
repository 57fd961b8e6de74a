package dev.muster.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The revision 2025-11-25: sessions, and all that is offered in them. */
@Timeout(60)
class SessionTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.mcp.max-subscriptions=2", "--muster.mcp.max-sessions=20");
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void submit(String id) {
        assertThat(api.command("submit-task", "anonymous", Map.of("taskId", id, "title", "Task " + id))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_session_begins_with_what_the_server_offers() {
        var session = new McpClient(api, "ada").begin();

        assertThat(session.initialized().path("protocolVersion").asString()).isEqualTo("2025-11-25");
        assertThat(session.initialized().at("/serverInfo/name").asString()).isEqualTo("muster");
        assertThat(session.initialized().at("/capabilities/resources/subscribe").asBoolean())
                .isTrue();
        assertThat(session.initialized().path("instructions").asString()).contains("claim_next_task");
        assertThat(session.ask("ping", Map.of()).result().isEmpty()).isTrue();
        assertThat(session.end()).isEqualTo(200);
        assertThat(session.ask("ping", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void an_agent_works_a_task_from_claim_to_completion() {
        submit("worked");
        var session = new McpClient(api, "ada").begin();

        var claim = session.call("claim_task", Map.of("taskId", "worked"));
        var token = claim.at("/structuredContent/result/fencingToken").asLong();
        session.call("report_progress", Map.of("taskId", "worked", "fencingToken", token, "percent", 50));
        var done = session.call(
                "complete_task",
                Map.of("taskId", "worked", "fencingToken", token, "result", Map.of("lines", 7), "idempotencyKey", "k"));
        var read = session.call(
                "get_task",
                Map.of(
                        "taskId",
                        "worked",
                        "after",
                        done.at("/structuredContent/seen").asString()));

        assertThat(claim.path("isError").asBoolean()).isFalse();
        assertThat(claim.at("/structuredContent/result/agentId").asString()).isEqualTo("ada");
        assertThat(HttpApi.JSON.readTree(claim.at("/content/0/text").asString()))
                .isEqualTo(claim.get("structuredContent"));
        assertThat(read.at("/structuredContent/state").asString()).isEqualTo("completed");
        assertThat(read.at("/structuredContent/result/lines").asInt()).isEqualTo(7);
    }

    @Test
    void a_refusal_is_an_error_of_the_tool_that_says_what_to_do() {
        submit("refused");
        var session = new McpClient(api, "ada").begin();

        var lost = session.call("complete_task", Map.of("taskId", "refused", "fencingToken", 9));
        var unknown = session.call("get_task", Map.of("taskId", "nowhere"));
        var malformed = session.call("submit_task", Map.of("titel", "x"));
        var other = session.call("claim_task", Map.of("taskId", "refused", "agentId", "bob"));

        assertThat(List.of(lost, unknown, malformed, other))
                .allSatisfy(
                        answer -> assertThat(answer.path("isError").asBoolean()).isTrue());
        assertThat(lost.at("/structuredContent/type").asString()).isEqualTo("urn:muster:problem:task-lease-lost");
        assertThat(lost.at("/content/0/text").asString()).startsWith("Refused (task-lease-lost): ");
        assertThat(unknown.at("/structuredContent/status").asInt()).isEqualTo(404);
        assertThat(unknown.at("/content/0/text").asString()).contains("nowhere").contains("correct the identifier");
        assertThat(malformed.at("/content/0/text").asString())
                .contains("title is required")
                .contains("Correct the arguments");
        assertThat(other.at("/structuredContent/type").asString()).isEqualTo("urn:muster:problem:agent-not-itself");
    }

    @Test
    void the_caller_is_who_the_request_says_and_a_session_is_its_owners_alone() {
        submit("owned");
        var mine = new McpClient(api, "ada").begin();
        var stolen = new McpClient.Session(new McpClient(api, "bob"), mine.id(), mine.initialized());

        assertThat(stolen.ask("tools/list", Map.of()).status()).isEqualTo(404);
        assertThat(stolen.end()).isEqualTo(404);
        assertThat(mine.ask("tools/list", Map.of()).status()).isEqualTo(200);
    }

    @Test
    void an_expected_version_and_a_key_are_arguments() {
        submit("versioned");
        var session = new McpClient(api, "ada").begin();
        var comment = Map.of("taskId", "versioned", "text", "hello", "idempotencyKey", "same", "expectedVersion", 0);

        var first = session.call("comment_on_task", comment);
        var again = session.call("comment_on_task", comment);
        var stale = session.call("revise_task", Map.of("taskId", "versioned", "title", "Other", "expectedVersion", 40));

        assertThat(first.at("/structuredContent/version").asInt()).isEqualTo(1);
        assertThat(again.get("structuredContent")).isEqualTo(first.get("structuredContent"));
        assertThat(stale.path("isError").asBoolean()).isTrue();
    }

    @Test
    void a_query_is_asked_as_of_a_moment() {
        submit("past");
        var session = new McpClient(api, "ada").begin();
        var submitted = api.events("&entity=task/past").get(0).get("position").asLong();
        session.call("comment_on_task", Map.of("taskId", "past", "text", "later"));

        var then = session.call("get_task", Map.of("taskId", "past", "position", submitted));

        assertThat(then.at("/structuredContent/version").asInt(0)).isZero();
        assertThat(then.path("isError").asBoolean()).isFalse();
        assertThat(session.call("get_task", Map.of("taskId", "past", "asOf", "yesterday"))
                        .path("isError")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void where_nothing_is_ready_the_result_is_null() {
        api.command("register-agent", "anonymous", Map.of("agentId", "idle"));
        var session = new McpClient(api, "idle").begin();

        var none = session.call("claim_next_task", Map.of("missionId", "no-such-mission", "wait", "PT0.1S"));

        assertThat(none.path("isError").asBoolean()).as(none.toString()).isFalse();
        assertThat(none.at("/structuredContent").has("result")).isTrue();
        assertThat(none.at("/structuredContent/result").isNull()).isTrue();
    }

    @Test
    void resources_are_listed_page_by_page_and_read() {
        for (var i = 0; i < 60; i++) {
            submit("listed-" + i);
        }
        api.await("/api/queries/get-task?taskId=listed-59", task -> true);
        var session = new McpClient(api, "ada").begin();

        var uris = new ArrayList<String>();
        var params = Map.<String, Object>of();
        do {
            var page = session.ask("resources/list", params).result();
            page.get("resources").forEach(each -> uris.add(each.get("uri").asString()));
            params = page.has("nextCursor")
                    ? Map.of("cursor", page.get("nextCursor").asString())
                    : Map.of();
        } while (!params.isEmpty());
        var read = session.ask("resources/read", Map.of("uri", "muster://task/listed-7"))
                .result();

        assertThat(uris).doesNotHaveDuplicates().contains("muster://agent/ada", "muster://task/listed-0");
        assertThat(uris.stream().filter(uri -> uri.startsWith("muster://task/listed-")))
                .hasSize(60);
        assertThat(read.at("/contents/0/mimeType").asString()).isEqualTo("application/json");
        assertThat(HttpApi.JSON
                        .readTree(read.at("/contents/0/text").asString())
                        .path("title")
                        .asString())
                .isEqualTo("Task listed-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "muster://task/nowhere",
                "muster://task/",
                "muster://colour/red",
                "file:///etc/passwd",
                "muster://task/%zz",
                ""
            })
    void a_resource_that_is_not_there_is_not_found(String uri) {
        var session = new McpClient(api, "ada").begin();

        assertThat(session.ask("resources/read", Map.of("uri", uri)).error()).isEqualTo(-32002);
        assertThat(session.ask("resources/subscribe", Map.of("uri", uri)).error())
                .isEqualTo(-32002);
        session.end();
    }

    @Test
    void a_subscriber_is_told_of_each_change_until_it_unsubscribes() {
        submit("watched");
        submit("other");
        var session = new McpClient(api, "ada").begin();
        var watched = Map.of("uri", "muster://task/watched");
        api.await("/api/queries/get-task?taskId=other", task -> true);

        try (var events = session.listen()) {
            assertThat(session.ask("resources/subscribe", watched).result().isEmpty())
                    .isTrue();
            session.ask("resources/subscribe", Map.of("uri", "muster://task/other"));
            session.call("comment_on_task", Map.of("taskId", "watched", "text", "one"));
            var told = events.next();

            assertThat(told.path("method").asString()).isEqualTo("notifications/resources/updated");
            assertThat(told.at("/params/uri").asString()).isEqualTo("muster://task/watched");

            session.ask("resources/unsubscribe", watched);
            session.call("comment_on_task", Map.of("taskId", "watched", "text", "two"));
            session.call("comment_on_task", Map.of("taskId", "other", "text", "three"));
            assertThat(events.next().at("/params/uri").asString()).isEqualTo("muster://task/other");
        }
        session.end();
    }

    @Test
    void a_stream_of_notices_ends_when_its_token_is_revoked() {
        submit("watched-for-a-while");
        api.await("/api/queries/get-task?taskId=watched-for-a-while", task -> true);
        var issued = api.command("issue-token", "", Map.of("tokenId", "to-be-revoked", "role", "auditor"));
        var session = new McpClient(api.with(issued.body().at("/result/token").asString()), "").begin();
        session.ask("resources/subscribe", Map.of("uri", "muster://task/watched-for-a-while"))
                .result();
        api.command("comment-on-task", "anonymous", Map.of("taskId", "watched-for-a-while", "text", "one"));
        try (var events = session.listen()) {
            assertThat(events.next().path("method").asString()).isEqualTo("notifications/resources/updated");

            api.command("revoke-token", "", Map.of("tokenId", "to-be-revoked"));

            assertThat(events.hasEnded()).isTrue();
        }
    }

    @Test
    void what_changed_while_nobody_listened_is_told_when_somebody_does() {
        submit("unheard");
        api.await("/api/queries/get-task?taskId=unheard", task -> true);
        var session = new McpClient(api, "ada").begin();
        session.ask("resources/subscribe", Map.of("uri", "muster://task/unheard"));
        session.call("comment_on_task", Map.of("taskId", "unheard", "text", "anybody?"));
        api.await(
                "/api/queries/get-task?taskId=unheard",
                task -> task.path("comments").asInt() == 1);

        try (var events = session.listen()) {
            assertThat(events.next().at("/params/uri").asString()).isEqualTo("muster://task/unheard");
        }
        session.end();
    }

    @Test
    void a_session_follows_so_many_resources_and_no_more() {
        var session = new McpClient(api, "ada").begin();
        for (var id : List.of("bound-1", "bound-2", "bound-3")) {
            submit(id);
            api.await("/api/queries/get-task?taskId=" + id, task -> true);
        }

        session.ask("resources/subscribe", Map.of("uri", "muster://task/bound-1"))
                .result();
        session.ask("resources/subscribe", Map.of("uri", "muster://task/bound-2"))
                .result();
        var third = session.ask("resources/subscribe", Map.of("uri", "muster://task/bound-3"));
        session.ask("resources/unsubscribe", Map.of("uri", "muster://task/bound-1"));

        assertThat(third.error()).isEqualTo(-32602);
        assertThat(third.text()).contains("muster.mcp.max-subscriptions");
        session.ask("resources/subscribe", Map.of("uri", "muster://task/bound-3"))
                .result();
        session.end();
    }

    @Test
    void prompts_are_listed_and_told() {
        var session = new McpClient(api, "ada").begin();

        var listed = session.ask("prompts/list", Map.of()).result();
        var worker = session.ask(
                        "prompts/get",
                        Map.of("name", "worker", "arguments", Map.of("agentId", "ada", "missionId", "m-100%")))
                .result();
        var withoutGoal = session.ask("prompts/get", Map.of("name", "planner"));

        assertThat(listed.get("prompts"))
                .extracting(each -> each.get("name").asString())
                .containsExactly("worker", "planner", "reviewer");
        assertThat(worker.at("/messages/0/content/text").asString())
                .contains("Your agentId is ada.", "missionId m-100%", "fencingToken");
        assertThat(withoutGoal.error()).isEqualTo(-32602);
        assertThat(withoutGoal.text()).contains("goal");
    }

    @Test
    void a_session_that_nobody_uses_makes_room_for_another(@TempDir Path other) {
        try (var small = TestServer.start(other, "--muster.mcp.max-sessions=1", "--muster.mcp.session-idle=PT0.5S")) {
            var client = new McpClient(small.api(), "ada");
            var unused = new McpClient.Session(
                    client, client.initialize().header("Mcp-Session-Id"), HttpApi.JSON.nullNode());

            var next = client.initialize();
            while (next.status() == 503) {
                LockSupport.parkNanos(50_000_000);
                next = client.initialize();
            }

            assertThat(next.status()).isEqualTo(200);
            assertThat(unused.ask("ping", Map.of()).status()).isEqualTo(404);
        }
    }
}
