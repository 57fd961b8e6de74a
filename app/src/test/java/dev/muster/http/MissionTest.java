package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Missions as their users see them: over HTTP, with agents that come, fail and cost money. */
class MissionTest {

    @TempDir
    Path home;

    private HttpApi api;

    private TestServer start(String... properties) {
        var server = TestServer.start(home, properties);
        api = server.api();
        api.command("register-agent", "ada", Map.of());
        return server;
    }

    private static Map<String, Object> step(String id, String... dependsOn) {
        var step = new HashMap<String, Object>();
        step.put("stepId", id);
        step.put("title", "Do " + id);
        step.put("dependsOn", List.of(dependsOn));
        step.put("retry", Map.of("maxAttempts", 2, "backoff", "PT0S"));
        return step;
    }

    private static Map<String, Object> undoable(String id, String... dependsOn) {
        var step = step(id, dependsOn);
        step.put("compensation", Map.of("title", "Undo " + id, "retry", Map.of("maxAttempts", 1)));
        return step;
    }

    private void plan(Map<String, Object> more, List<Map<String, Object>> steps) {
        var mission = new HashMap<String, Object>(more);
        mission.put("missionId", "m");
        mission.put("title", "A mission");
        mission.put("steps", steps);
        ok(api.command("plan-mission", "kim", mission));
        ok(api.command("start-mission", "kim", Map.of("missionId", "m")));
    }

    private static JsonNode ok(HttpApi.Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode await(String state) {
        return api.await(
                        "/api/queries/get-mission?missionId=m",
                        mission -> mission.get("state").asString().equals(state))
                .body();
    }

    private Map<String, Object> claim(String task) {
        api.await("/api/queries/get-task?taskId=" + task, known -> known.get("ready")
                .asBoolean());
        var claimed = ok(api.command("claim-task", "ada", Map.of("taskId", task)));
        var held = new HashMap<String, Object>();
        held.put("taskId", task);
        held.put("fencingToken", claimed.get("result").get("fencingToken").asLong());
        return held;
    }

    private void complete(String task, Object result) {
        var held = claim(task);
        held.put("result", result);
        ok(api.command("complete-task", "ada", held));
    }

    private void fail(String task) {
        var held = claim(task);
        held.put("error", "it rained");
        held.put("retryable", false);
        ok(api.command("fail-task", "ada", held));
    }

    private List<String> undone(JsonNode mission) {
        return mission.get("steps")
                .valueStream()
                .filter(step -> step.get("state").asString().equals("compensated"))
                .map(step -> step.get("stepId").asString())
                .toList();
    }

    @Test
    void steps_become_tasks_that_are_handed_the_results_of_others_until_the_mission_is_completed() {
        try (var server = start()) {
            plan(Map.of(), List.of(step("dig"), step("pour", "dig"), step("build", "dig", "pour")));
            complete("m/dig", "a hole");
            complete("m/pour", "concrete");
            var task = api.await("/api/queries/get-task?taskId=m/build", known -> known.get("ready")
                            .asBoolean())
                    .body();
            assertThat(task.get("input").get("results").toString())
                    .isEqualTo("{\"dig\":\"a hole\",\"pour\":\"concrete\"}");
            assertThat(task.get("submittedBy").asString()).isEqualTo("kim");
            complete("m/build", "a house");
            var mission = await("completed");
            assertThat(mission.get("criticalPath").toString()).isEqualTo("[\"dig\",\"pour\",\"build\"]");
            assertThat(mission.get("steps").get(0).get("work").get("agents").toString())
                    .isEqualTo("[\"ada\"]");
            assertThat(server.api()
                            .get("/api/queries/find-missions?state=completed")
                            .body()
                            .get("items"))
                    .hasSize(1);
        }
    }

    @Test
    void a_mission_whose_step_fails_for_good_is_undone_and_explained() {
        try (var server = start()) {
            plan(Map.of(), List.of(undoable("a"), undoable("b", "a"), step("c", "b"), step("d", "a")));
            complete("m/a", 1);
            complete("m/b", 2);
            fail("m/c");
            complete("m/b/undo", null);
            fail("m/a/undo");
            var mission = await("failed");
            assertThat(undone(mission)).containsExactly("b");
            assertThat(mission.get("notUndone").toString()).isEqualTo("[\"a\"]");
            assertThat(mission.get("detail").asString()).isEqualTo("c: it rained");
            assertThat(server.api()
                            .get("/api/queries/get-task?taskId=m/d")
                            .body()
                            .get("state")
                            .asString())
                    .as("what ran was canceled")
                    .isEqualTo("canceled");
            assertThat(api.get("/api/queries/get-history?entity=mission/m")
                            .body()
                            .toString())
                    .contains("StepFailed", "MissionStopped", "StepCompensated", "CompensationFailed", "MissionFailed");
        }
    }

    @Test
    void a_mission_over_its_budget_is_stopped_by_the_next_report_also_of_failed_attempts() {
        try (var server = start()) {
            plan(Map.of("budget", Map.of("tokens", 100)), List.of(step("a")));
            var held = claim("m/a");
            held.put("error", "it rained");
            held.put("usage", Map.of("inputTokens", 60, "outputTokens", 0, "costMicros", 0));
            ok(api.command("fail-task", "ada", held));
            held = claim("m/a");
            held.put("usage", Map.of("inputTokens", 41, "outputTokens", 0, "costMicros", 0));
            ok(api.command("report-progress", "ada", held));
            var mission = await("failed");
            assertThat(mission.get("stopReason").asString()).isEqualTo("budget");
            assertThat(mission.get("spent").get("inputTokens").asLong()).isEqualTo(101);
            assertThat(mission.get("steps").get(0).get("work").get("attempts").asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void meters_tell_what_missions_cost_and_where_they_wait() {
        try (var server = start()) {
            plan(Map.of(), List.of(step("a")));
            var held = claim("m/a");
            held.put("usage", Map.of("inputTokens", 60, "outputTokens", 7, "costMicros", 5));
            ok(api.command("complete-task", "ada", held));
            await("completed");
            var meters = server.bean(MeterRegistry.class);
            assertThat(meters.get("muster.missions")
                            .tag("state", "completed")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(meters.get("muster.mission.tokens")
                            .tag("direction", "output")
                            .counter()
                            .count())
                    .isEqualTo(7);
            assertThat(meters.get("muster.mission.cost.micros").counter().count())
                    .isEqualTo(5);
            assertThat(meters.get("muster.mission.steps")
                            .tag("outcome", "completed")
                            .counter()
                            .count())
                    .isEqualTo(1);
            api.await(
                    "/api/queries/get-mission?missionId=m",
                    known -> meters.find("muster.mission.step.time")
                                    .tag("spent", "working")
                                    .timer()
                            != null);
        }
    }

    @Test
    void a_mission_that_is_canceled_ends_with_nothing_running() {
        try (var server = start()) {
            plan(Map.of(), List.of(step("a"), step("b")));
            claim("m/a");
            ok(api.command("cancel-mission", "kim", Map.of("missionId", "m", "reason", "no need")));
            await("canceled");
            assertThat(api.get("/api/queries/count-tasks?missionId=m")
                            .body()
                            .get("byState")
                            .toString())
                    .isEqualTo("{\"canceled\":2}");
        }
    }

    @Test
    void a_mission_is_stopped_at_its_deadline() {
        try (var server = start()) {
            plan(Map.of("deadline", Instant.now().plusSeconds(1).toString()), List.of(step("a")));
            assertThat(await("failed").get("stopReason").asString()).isEqualTo("deadline");
        }
    }

    @Test
    void the_causes_lead_from_its_end_back_to_its_beginning() {
        try (var server = start()) {
            plan(Map.of(), List.of(step("a"), step("b", "a")));
            complete("m/a", null);
            complete("m/b", null);
            await("completed");
            var events = new HashMap<String, JsonNode>();
            api.events("").forEach(event -> events.put(event.get("id").asString(), event));
            var submitted = events.values().stream()
                    .filter(event -> event.get("subject").asString().equals("task/m/b"))
                    .filter(event -> event.get("type").asString().equals("TaskSubmitted"))
                    .findFirst()
                    .orElseThrow();
            var stepStarted = events.get(submitted.get("causationid").asString());
            assertThat(stepStarted.get("type").asString()).isEqualTo("StepStarted");
            var completed = events.get(stepStarted.get("causationid").asString());
            assertThat(completed.get("type").asString()).isEqualTo("TaskCompleted");
            assertThat(completed.get("subject").asString()).isEqualTo("task/m/a");
        }
    }

    @Test
    void a_step_belongs_to_its_mission_alone() {
        try (var server = start()) {
            var forged = Map.of("taskId", "m/a", "title", "Mine", "missionId", "m", "stepId", "a");
            assertThat(api.command("submit-task", "eve", forged).problem()).isEqualTo("task-of-plan");
            ok(api.command("submit-task", "eve", Map.of("taskId", "m/a", "title", "Mine")));
            plan(Map.of(), List.of(step("a")));
            assertThat(await("failed").get("detail").asString()).contains("task-exists");
        }
    }
}
