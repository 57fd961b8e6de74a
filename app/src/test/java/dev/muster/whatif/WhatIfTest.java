package dev.muster.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A past that never happened can be asked about, and leaves no trace. */
class WhatIfTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    private List<JsonNode> before;

    @BeforeAll
    static void live() {
        server = TestServer.start(home);
        api = server.api();
        api.command("register-agent", "operator:o", Map.of("agentId", "ada", "maxConcurrentTasks", 1));
        api.command("register-agent", "operator:o", Map.of("agentId", "ben"));
        submit("a", Map.of());
        submit("b", Map.of("blockers", List.of(Map.of("taskId", "a"))));
        complete("a", "ada");
        api.await("/api/queries/get-task?taskId=b", task -> task.get("ready").asBoolean());
        complete("b", "ben");
        submit("c", Map.of("retry", Map.of("maxAttempts", 1)));
        api.command("claim-task", "ben", Map.of("taskId", "c"));
        api.command(
                "plan-mission",
                "operator:o",
                Map.of(
                        "missionId",
                        "m",
                        "title",
                        "M",
                        "steps",
                        List.of(
                                Map.of("stepId", "one", "title", "One"),
                                Map.of("stepId", "two", "title", "Two", "dependsOn", List.of("one")))));
        api.command("start-mission", "operator:o", Map.of("missionId", "m"));
        api.await(
                "/api/queries/find-tasks?missionId=m",
                tasks -> tasks.get("items").size() == 1);
        complete("m/one", "ada");
        api.await(
                "/api/queries/find-tasks?missionId=m",
                tasks -> tasks.get("items").size() == 2);
    }

    private static void submit(String task, Map<String, ?> more) {
        var fields = new HashMap<String, Object>(more);
        fields.put("taskId", task);
        fields.put("title", "Task " + task);
        assertThat(api.command("submit-task", "operator:o", fields).status()).isEqualTo(200);
    }

    private static void complete(String task, String agent) {
        assertThat(api.command("claim-task", agent, Map.of("taskId", task)).status())
                .isEqualTo(200);
        var done = api.command("complete-task", agent, Map.of("taskId", task, "fencingToken", 1));
        assertThat(done.status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void remember() {
        before = api.log("");
    }

    @AfterEach
    void nothing_of_it_is_there_afterwards() {
        assertThat(api.log("")).isEqualTo(before);
    }

    private static JsonNode ask(Map<String, ?> question) {
        var answer = api.post("/api/what-if", "operator:o", HttpApi.JSON.writeValueAsString(question));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode event(String type, String subject) {
        return before.stream()
                .filter(event -> event.get("type").asString().equals(type)
                        && event.get("subject").asString().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, ?> leavingOut(JsonNode... events) {
        var ids = Arrays.stream(events).map(event -> event.get("id").asString()).toList();
        return Map.of("changes", List.of(Map.of("leaveOut", Map.of("ids", ids))));
    }

    private static List<String> impossible(JsonNode answer) {
        return StreamSupport.stream(answer.get("impossible").spliterator(), false)
                .map(event ->
                        event.get("type").asString() + " " + event.get("entity").asString())
                .toList();
    }

    private static JsonNode difference(JsonNode answer, String view, String key) {
        for (var found : answer.get("differences")) {
            for (var item : found.get("items")) {
                if (found.get("view").asString().equals(view)
                        && item.get("key").asString().equals(key)) {
                    return item;
                }
            }
        }
        throw new AssertionError("The view " + view + " of " + key + " does not differ: " + answer);
    }

    private static String patched(JsonNode difference, String path) {
        for (var step : difference.get("patch")) {
            if (step.get("path").asString().equals(path)) {
                return step.path("value").asString("");
            }
        }
        throw new AssertionError(path + " does not differ: " + difference);
    }

    @Test
    void without_any_change_nothing_differs() {
        var answer = ask(Map.of());
        assertThat(answer.get("position").asLong()).isEqualTo(before.size() - 1);
        assertThat(answer.get("differences")).isEmpty();
        assertThat(answer.get("impossible")).isEmpty();
        assertThat(answer.get("events")).isEmpty();
    }

    @Test
    void a_completion_without_a_claim_could_not_have_happened() {
        var answer = ask(leavingOut(event("TaskAssigned", "task/c")));
        assertThat(answer.get("leftOut").asInt()).isEqualTo(1);
        assertThat(impossible(answer)).containsExactly("TaskStarted task/c");
        assertThat(patched(difference(answer, "task", "c"), "/view/state")).isEqualTo("submitted");
    }

    @Test
    void nor_could_what_follows_from_it_in_other_entities() {
        var answer = ask(leavingOut(event("TaskAssigned", "task/a")));
        assertThat(impossible(answer))
                .contains("TaskStarted task/a", "SlotTaken agent/ada", "TaskCompleted task/a", "BlockerCleared task/b")
                .doesNotContain("TaskCompleted task/b");
    }

    @Test
    void an_entity_that_never_began_takes_everything_of_it_along() {
        var answer = ask(leavingOut(event("TaskSubmitted", "task/a")));
        assertThat(impossible(answer)).contains("TaskAssigned task/a", "TaskSubmitted task/b", "TaskCompleted task/b");
        assertThat(difference(answer, "task", "a").get("kind").asString()).isEqualTo("missing");
        assertThat(difference(answer, "task", "b").get("kind").asString()).isEqualTo("missing");
    }

    @Test
    void everything_that_an_agent_did_can_be_left_out() {
        var answer = ask(Map.of("changes", List.of(Map.of("leaveOut", Map.of("actor", "ada")))));
        assertThat(patched(difference(answer, "task", "a"), "/view/state")).isEqualTo("submitted");
        assertThat(impossible(answer)).contains("StepCompleted mission/m", "StepStarted mission/m");
        assertThat(patched(difference(answer, "mission", "m"), "/steps/0/state"))
                .isEqualTo("running");
    }

    @Test
    void an_event_can_have_said_something_else() {
        var submitted = event("TaskSubmitted", "task/c");
        var data = ((ObjectNode) submitted.get("data").deepCopy()).put("title", "Another");
        var answer = ask(Map.of(
                "changes",
                List.of(Map.of("replace", Map.of("id", submitted.get("id").asString(), "data", data)))));
        assertThat(answer.get("impossible")).isEmpty();
        assertThat(patched(difference(answer, "task", "c"), "/view/title")).isEqualTo("Another");
    }

    @Test
    void an_event_can_have_happened_besides() {
        var claimed = event("TaskStarted", "task/c").get("position").asLong();
        var insert = Map.of(
                "after",
                claimed,
                "entity",
                "task/c",
                "type",
                "TaskReleased",
                "data",
                Map.of("taskId", "c", "agentId", "ben", "fencingToken", 1));
        var answer = ask(Map.of("changes", List.of(Map.of("insert", insert))));
        assertThat(answer.get("impossible")).isEmpty();
        assertThat(patched(difference(answer, "task", "c"), "/view/state")).isEqualTo("submitted");
    }

    @Test
    void but_one_that_could_not_have_happened_is_reported() {
        var insert = Map.of(
                "after",
                before.size() - 1,
                "entity",
                "task/c",
                "type",
                "TaskReopened",
                "data",
                Map.of("taskId", "c", "reason", "x"));
        var answer = ask(Map.of("changes", List.of(Map.of("insert", insert))));
        assertThat(impossible(answer)).containsExactly("TaskReopened task/c");
        assertThat(answer.get("differences")).isEmpty();
    }

    @Test
    void commands_are_tried_by_the_rules_that_hold_live() {
        var answer = ask(Map.of(
                "commands",
                List.of(
                        Map.of("command", "claim-task", "actor", "ada", "fields", Map.of("taskId", "c")),
                        Map.of(
                                "command",
                                "complete-task",
                                "actor",
                                "ben",
                                "fields",
                                Map.of("taskId", "c", "fencingToken", 1)),
                        Map.of("command", "complete-task", "actor", "ben", "fields", Map.of("taskId", "c")))));
        var tried = answer.get("commands");
        assertThat(tried.get(0).get("accepted").asBoolean()).isFalse();
        assertThat(tried.get(0).get("refusal").get("code").asString()).isEqualTo("task-already-claimed");
        assertThat(tried.get(1).get("accepted").asBoolean()).isTrue();
        assertThat(tried.get(1).get("events")).hasSize(1);
        assertThat(tried.get(2).get("refusal").get("status").asInt()).isEqualTo(400);
        assertThat(answer.get("events").get(0).get("type").asString()).isEqualTo("TaskCompleted");
        assertThat(answer.get("events").get(0).get("time").asString())
                .isEqualTo(before.get(before.size() - 1).get("time").asString());
        assertThat(patched(difference(answer, "task", "c"), "/view/state")).isEqualTo("completed");
    }

    @Test
    void an_earlier_moment_can_be_the_start() {
        var submitted = event("TaskSubmitted", "task/a").get("position").asLong();
        var answer = ask(Map.of(
                "from",
                "position:" + submitted,
                "commands",
                List.of(Map.of("command", "claim-next-task", "actor", "ben", "fields", Map.of()))));
        var tried = answer.get("commands").get(0);
        assertThat(tried.get("result").get("taskId").asString()).isEqualTo("a");
        assertThat(answer.get("position").asLong()).isEqualTo(submitted);
    }

    @Test
    void sagas_carry_a_mission_to_its_end() {
        var answer = ask(Map.of(
                "commands",
                List.of(
                        Map.of("command", "claim-task", "actor", "ben", "fields", Map.of("taskId", "m/two")),
                        Map.of(
                                "command",
                                "complete-task",
                                "actor",
                                "ben",
                                "fields",
                                Map.of("taskId", "m/two", "fencingToken", 1)))));
        assertThat(patched(difference(answer, "mission", "m"), "/state")).isEqualTo("completed");
    }

    @Test
    void a_step_that_was_not_completed_can_be_completed_otherwise() {
        var answer = ask(Map.of(
                "changes",
                List.of(Map.of("leaveOut", Map.of("actor", "ada"))),
                "commands",
                List.of(
                        Map.of("command", "claim-task", "actor", "ben", "fields", Map.of("taskId", "m/one")),
                        Map.of(
                                "command",
                                "complete-task",
                                "actor",
                                "ben",
                                "fields",
                                Map.of("taskId", "m/one", "fencingToken", 1, "result", "done")))));
        var types = StreamSupport.stream(answer.get("events").spliterator(), false)
                .map(event -> event.get("type").asString())
                .toList();
        assertThat(types).contains("StepCompleted", "StepStarted", "TaskSubmitted");
    }

    @Test
    void leases_end_when_the_clock_is_moved() {
        var lease = Instant.parse(api.get("/api/queries/get-task?taskId=c")
                .body()
                .get("leaseExpiresAt")
                .asString());
        var answer = ask(Map.of("until", lease.plusSeconds(3600).toString()));
        assertThat(answer.get("time").asString())
                .isEqualTo(lease.plusSeconds(3600).toString());
        var expired = StreamSupport.stream(answer.get("events").spliterator(), false)
                .filter(event -> event.get("type").asString().equals("LeaseExpired"))
                .findFirst()
                .orElseThrow();
        assertThat(expired.get("time").asString()).isEqualTo(lease.toString());
        assertThat(patched(difference(answer, "task", "c"), "/view/state")).isEqualTo("failed");
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_reason() {
        refused(
                Map.of("changes", List.of(Map.of("leaveOut", Map.of("ids", List.of("nobody"))))),
                404,
                "no event nobody");
        refused(Map.of("changes", List.of(Map.of())), 400, "leaveOut, replace or insert");
        refused(Map.of("from", "position:99999"), 400, "where the log ends");
        refused(Map.of("from", "soon"), 400, "from must be");
        refused(Map.of("changes", List.of(Map.of("leaveOut", Map.of()))), 400, "must name ids");
    }

    private static void refused(Map<String, ?> question, int status, String reason) {
        var answer = api.post("/api/what-if", "operator:o", HttpApi.JSON.writeValueAsString(question));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("detail").asString()).contains(reason);
    }
}
