package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.store.RocksEventStorageEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Many commands in one request. */
class CommandListTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.http.max-commands=40");
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpApi.Answer send(String actor, List<?> commands, String... headers) {
        return api.post("/api/commands", actor, HttpApi.JSON.writeValueAsString(commands), headers);
    }

    private static List<JsonNode> answers(String actor, Object... commands) {
        var answer = send(actor, List.of(commands));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return StreamSupport.stream(answer.body().get("items").spliterator(), false)
                .toList();
    }

    private static Map<String, Object> command(String name, Map<String, ?> payload) {
        return Map.of("command", name, "payload", payload);
    }

    private static Map<String, Object> submit(String id) {
        return command("submit-task", Map.of("taskId", id, "title", "Title of " + id));
    }

    private static String problem(JsonNode answer) {
        return answer.at("/problem/type").asString("").replace("urn:muster:problem:", "");
    }

    @Test
    void each_has_the_answer_that_it_would_have_had_alone_in_their_order() {
        var answers = answers(
                "anonymous",
                submit("o1"),
                submit("o1"),
                command("no-such-command", Map.of()),
                command("submit-task", Map.of("title", "x", "colour", "red")),
                command("claim-task", Map.of("taskId", "o1")),
                Map.of("command", "submit-task", "payload", Map.of("title", "Made"), "idempotencyKey", "k"));
        assertThat(answers)
                .extracting(answer -> answer.get("status").asInt())
                .containsExactly(200, 409, 404, 400, 400, 200);
        assertThat(answers.get(0).get("answer").get("seen").asString()).isEqualTo("task/o1@0");
        assertThat(answers)
                .extracting(CommandListTest::problem)
                .containsExactly("", "task-exists", "unknown-command", "unknown-field", "invalid-field", "");
        var made = answers.get(5).at("/answer/id").asString();
        var alone = api.command("submit-task", "anonymous", Map.of("title", "Made"), "Idempotency-Key", "k");
        assertThat(alone.body().get("id").asString()).isEqualTo(made);
    }

    @Test
    void commands_for_one_target_are_carried_out_in_their_order() {
        var comments = IntStream.range(0, 30)
                .mapToObj(i -> command("comment-on-task", Map.of("taskId", "c1", "text", "comment " + i)))
                .toArray();
        answers("anonymous", submit("c1"));
        assertThat(answers("anonymous", comments))
                .extracting(answer -> answer.at("/answer/version").asInt())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
    }

    @Test
    void one_that_names_the_target_of_an_earlier_one_comes_after_it() {
        var answers = answers(
                "anonymous",
                command("register-agent", Map.of("agentId", "ada")),
                submit("n1"),
                command(
                        "submit-task",
                        Map.of("taskId", "n2", "title", "Later", "blockers", List.of(Map.of("taskId", "n1")))),
                command("claim-task", Map.of("taskId", "n1", "agentId", "ada")),
                command("complete-task", Map.of("taskId", "n1", "agentId", "ada", "fencingToken", 1)));
        assertThat(answers)
                .as(answers.toString())
                .extracting(answer -> answer.get("status").asInt())
                .containsOnly(200);
    }

    @Test
    void one_without_a_target_comes_after_all_before_it() {
        var answers = answers(
                "bob",
                command("register-agent", Map.of()),
                command("submit-task", Map.of("taskId", "w1", "title", "x", "labels", List.of("wanted"))),
                command("claim-next-task", Map.of("labels", List.of("wanted"))),
                command("claim-next-task", Map.of("labels", List.of("wanted"))));
        assertThat(answers.get(2).at("/answer/id").asString()).isEqualTo("w1");
        assertThat(answers.get(3).at("/answer/result").isNull()).isTrue();
    }

    @Test
    void each_has_its_own_key_and_version() {
        answers("anonymous", submit("v1"));
        var comment = Map.of("taskId", "v1", "text", "once");
        var keyed = Map.of("command", "comment-on-task", "payload", comment, "idempotencyKey", "same");
        var stale = Map.of("command", "comment-on-task", "payload", comment, "ifMatch", 0);
        var answers = answers("anonymous", keyed, keyed, stale);
        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertThat(answers.get(2).get("status").asInt()).isEqualTo(412);
        assertThat(send("anonymous", List.of(keyed), "Idempotency-Key", "k").problem())
                .isEqualTo("invalid-field");
        assertThat(send("anonymous", List.of(keyed), "If-Match", "\"1\"").problem())
                .isEqualTo("invalid-field");
    }

    @Test
    void those_for_different_targets_share_syncs() {
        var log = server.bean(RocksEventStorageEngine.class);
        var before = log.syncs();
        answers(
                "anonymous",
                IntStream.range(0, 40).mapToObj(i -> submit("s" + i)).toArray());
        assertThat(IntStream.range(0, 40).mapToObj(i -> log.lastSequenceNumberFor("task/s" + i)))
                .allMatch(last -> last.equals(Optional.of(0L)));
        assertThat(log.syncs() - before).isLessThan(40);
    }

    @Test
    void a_list_that_is_too_long_or_no_list_is_refused_as_a_whole() {
        var log = server.bean(RocksEventStorageEngine.class);
        var tooMany = IntStream.range(0, 41).mapToObj(i -> submit("m" + i)).toList();
        var refused = send("anonymous", tooMany);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.problem()).isEqualTo("too-many-commands");
        assertThat(api.post("/api/commands", "anonymous", "{}").problem()).isEqualTo("malformed-json");
        assertThat(api.post("/api/commands", "anonymous", "").problem()).isEqualTo("malformed-json");
        assertThat(IntStream.range(0, 41).mapToObj(i -> log.lastSequenceNumberFor("task/m" + i)))
                .allMatch(Optional::isEmpty);
        assertThat(answers("anonymous")).isEmpty();
        assertThat(answers("anonymous", 7).get(0).get("status").asInt()).isEqualTo(400);
    }
}
