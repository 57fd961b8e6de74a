package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets a problem detail that names the fault, and no event. */
class FaultsTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
        api.command("submit-task", "anonymous", Map.of("taskId", "one", "title", "One"));
        api.command(
                "submit-task",
                "anonymous",
                Map.of("taskId", "two", "title", "Two", "blockers", List.of(Map.of("taskId", "one"))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0} {1} as {2}: {3} {4}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "submit-task | {\"title\": | anonymous | 400 | malformed-json",
                "submit-task | [1] | anonymous | 400 | malformed-json",
                "submit-task | {\"title\":\"x\",\"title\":\"y\"} | anonymous | 400 | malformed-json",
                "submit-task | {\"title\":\"x\",\"colour\":\"red\"} | anonymous | 400 | unknown-field",
                "submit-task | {\"title\":\"x\",\"retry\":{\"times\":3}} | anonymous | 400 | unknown-field",
                "submit-task | {} | anonymous | 400 | invalid-field",
                "cancel-mission | {} | anonymous | 400 | invalid-field",
                "complete-task | {\"taskId\":null,\"fencingToken\":1} | ada | 400 | invalid-field",
                "submit-task | {\"title\":\" \"} | anonymous | 400 | invalid-field",
                "submit-task | {\"title\":\"x\",\"priority\":-1} | anonymous | 400 | invalid-field",
                "submit-task | {\"title\":\"x\",\"priority\":\"1\"} | anonymous | 400 | invalid-field",
                "submit-task | {\"title\":\"x\",\"priority\":1.5} | anonymous | 400 | invalid-field",
                "submit-task | {\"title\":\"x\",\"deadline\":\"tomorrow\"} | anonymous | 400 | invalid-field",
                "submit-task | {\"title\":\"x\",\"taskId\":\"a b\"} | anonymous | 400 | invalid-field",
                "submit-task | {\"title\":\"x\",\"blockers\":[{\"taskId\":\"nowhere\"}]} | anonymous | 404 | task-not-found",
                "submit-task | {\"title\":\"x\",\"parentId\":\"nowhere\"} | anonymous | 404 | task-not-found",
                "submit-task | {\"title\":\"x\",\"taskId\":\"one\"} | anonymous | 409 | task-exists",
                "add-blocker | {\"taskId\":\"one\",\"blockerId\":\"one\"} | anonymous | 422 | blocker-itself",
                "add-blocker | {\"taskId\":\"one\",\"blockerId\":\"two\"} | anonymous | 422 | blocker-cycle",
                "claim-task | {\"taskId\":\"nowhere\"} | ada | 404 | task-not-found",
                "claim-task | {\"taskId\":\"two\"} | ada | 409 | task-not-ready",
                "claim-task | {\"taskId\":\"one\",\"agentId\":\"bob\"} | ada | 403 | agent-not-itself",
                "claim-task | {\"taskId\":\"one\"} | bob | 404 | agent-not-found",
                "claim-task | {\"taskId\":\"one\"} | operator:kim | 400 | invalid-field",
                "assign-task | {\"taskId\":\"one\",\"agentId\":\"ada\"} | ada | 403 | role-missing",
                "complete-task | {\"taskId\":\"one\",\"fencingToken\":0} | ada | 400 | invalid-field",
                "complete-task | {\"taskId\":\"one\",\"fencingToken\":7} | ada | 409 | task-lease-lost",
                "expire-lease | {\"taskId\":\"one\",\"fencingToken\":1} | anonymous | 404 | unknown-command",
                "no-such-command | {} | anonymous | 404 | unknown-command",
                "submit-task | {\"title\":\"x\"} | system:me | 403 | actor-reserved",
                "submit-task | {\"title\":\"x\"} | a b | 400 | invalid-field",
            })
    void a_command_that_is_wrong_is_refused_by_name(
            String command, String body, String actor, int status, String problem) {
        var before = lastPosition();
        var answer = api.post("/api/commands/" + command, actor, body);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.body().get("status").asInt()).isEqualTo(status);
        assertThat(answer.body().get("detail").asString()).isNotBlank();
        assertThat(lastPosition()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":7} | title must be a text, but is 7.",
                "{\"title\":\"x\",\"taskId\":7} | taskId must be a text.",
                "{\"title\":\"x\",\"priority\":\"1\"} | priority must be a whole number.",
                "{\"title\":\"x\",\"priority\":1.5} | priority must be a whole number, but is 1.5.",
                "{\"title\":\"x\",\"deadline\":\"soon\"} | "
                        + "deadline must be an instant as in 2026-03-01T10:00:00Z, but is soon.",
                "{\"title\":\"x\",\"retry\":{\"backoff\":5}} | retry.backoff must be a duration as in PT5M.",
                "{\"title\":\"x\",\"retry\":7} | retry must be an object.",
                "{\"title\":\"x\",\"labels\":\"one\"} | labels must be a list.",
                "{\"title\":\"x\",\"blockers\":[{\"taskId\":\"one\",\"until\":\"soon\"}]} | "
                        + "blockers[0].until must be one of completed, ended, but is soon.",
            })
    void of_a_value_of_another_kind_it_is_told_what_it_should_be(String body, String detail) {
        var answer = api.post("/api/commands/submit-task", "anonymous", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).isEqualTo(detail);
    }

    @Test
    void a_title_that_is_too_long_is_refused_with_its_bound() {
        var answer = api.command("submit-task", "anonymous", Map.of("title", "x".repeat(201)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString())
                .isEqualTo("title must have at most 200 characters, but has 201.");
        assertThat(answer.body().get("fields").get(0).get("field").asString()).isEqualTo("title");
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        var answer =
                api.command("submit-task", "anonymous", Map.of("title", "x", "instruction", "x".repeat(1_100_000)));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.problem()).isEqualTo("body-too-large");
    }

    @Test
    void json_that_is_nested_too_deep_is_refused() {
        var answer = api.post(
                "/api/commands/submit-task",
                "anonymous",
                "{\"title\":\"x\",\"input\":" + "[".repeat(100) + "]".repeat(100) + "}");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void a_version_that_is_none_is_refused() {
        var answer =
                api.command("comment-on-task", "anonymous", Map.of("taskId", "one", "text", "x"), "If-Match", "seven");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains("If-Match");
    }

    @Test
    void a_stale_version_is_refused_with_what_was_not_seen() {
        api.command("submit-task", "anonymous", Map.of("taskId", "read", "title", "Read"));
        api.command("comment-on-task", "anonymous", Map.of("taskId", "read", "text", "first"), "If-Match", "\"0\"");
        var answer = api.command(
                "comment-on-task", "anonymous", Map.of("taskId", "read", "text", "second"), "If-Match", "\"0\"");
        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.body().get("currentVersion").asLong()).isEqualTo(1);
        assertThat(answer.body().get("unseenEvents").get(0).get("type").asString())
                .isEqualTo("TaskCommented");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/queries/find-tasks?colour=red, 400, unknown-field",
        "/api/queries/find-tasks?limit=many, 400, invalid-field",
        "/api/queries/find-tasks?limit=501, 400, invalid-field",
        "/api/queries/find-tasks?cursor=xyz, 400, invalid-field",
        "/api/queries/find-tasks?state=lost, 400, invalid-field",
        "/api/queries/get-task?taskId=nowhere, 404, task-not-found",
        "/api/queries/get-agent?agentId=nobody, 404, agent-not-found",
        "/api/queries/get-history?entity=task/nowhere, 404, entity-not-found",
        "/api/queries/get-history?entity=task, 400, invalid-field",
        "/api/queries/find-due-tasks, 404, unknown-query",
        "/api/queries/nothing, 404, unknown-query",
        "/api/queries/get-task?taskId=one&after=soon, 400, invalid-field",
        "/api/queries/get-task?taskId=one&after=task/one@99&wait=PT0.1S, 503, views-behind",
        "/api/events?after=x, 400, invalid-field",
        "/api/events?colour=red, 400, unknown-field",
        "/api/nothing, 404, no-such-path",
    })
    void a_question_that_is_wrong_is_refused_by_name(String path, int status, String problem) {
        var answer = api.get(path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    private static int lastPosition() {
        return api.events("").size();
    }
}
