package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
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
    void a_deadline_survives_a_restart_also_of_a_server_that_has_lost_all_but_the_log() throws IOException {
        try (var server = start()) {
            plan(Map.of("deadline", Instant.now().plusSeconds(4).toString()), List.of(step("a")));
            await("running");
        }
        FileSystemUtils.deleteRecursively(home.resolve("views"));
        try (var server = start()) {
            assertThat(await("failed").get("stopReason").asString()).isEqualTo("deadline");
        }
    }

    @Test
    void a_deadline_survives_a_restart() {
        try (var server = start()) {
            plan(Map.of("deadline", Instant.now().plusSeconds(4).toString()), List.of(step("a")));
            await("running");
        }
        try (var server = start()) {
            assertThat(await("failed").get("stopReason").asString()).isEqualTo("deadline");
        }
    }

    @Test
    void the_causes_lead_from_its_completion_back_to_its_plan_across_saga_and_tasks() {
        try (var server = start()) {
            plan(Map.of(), List.of(step("a"), step("b", "a")));
            complete("m/a", null);
            complete("m/b", null);
            await("completed");
            assertThat(causesOf("MissionCompleted"))
                    .containsSubsequence(
                            "MissionCompleted mission/m",
                            "TaskCompleted task/m/b",
                            "TaskSubmitted task/m/b",
                            "StepStarted mission/m",
                            "TaskCompleted task/m/a",
                            "TaskSubmitted task/m/a",
                            "StepStarted mission/m",
                            "MissionStarted mission/m",
                            "MissionPlanned mission/m");
        }
    }

    @Test
    void and_so_they_do_from_its_failure() {
        try (var server = start()) {
            plan(Map.of(), List.of(undoable("a"), step("b", "a")));
            complete("m/a", null);
            fail("m/b");
            complete("m/a/undo", null);
            await("failed");
            assertThat(causesOf("MissionFailed"))
                    .containsSubsequence(
                            "MissionFailed mission/m",
                            "TaskCompleted task/m/a/undo",
                            "TaskSubmitted task/m/a/undo",
                            "CompensationStarted mission/m",
                            "TaskFailed task/m/b",
                            "TaskSubmitted task/m/b",
                            "StepStarted mission/m",
                            "TaskCompleted task/m/a",
                            "MissionPlanned mission/m");
        }
    }

    @Test
    void what_led_to_an_event_has_it_among_its_effects() {
        try (var server = start()) {
            ok(api.command("change-limit", "ada", Map.of("maxConcurrentTasks", 1)));
            plan(Map.of(), List.of(step("a"), step("b", "a")));
            complete("m/a", null);
            complete("m/b", null);
            await("completed");
            var events = api.events("");
            awaitIndexed(events);
            var causes = new HashMap<String, Set<String>>();
            var effects = new HashMap<String, Set<String>>();
            for (var event : events) {
                var id = event.get("id").asString();
                ids("find-causes", id).forEach(cause -> causes.computeIfAbsent(cause, known -> new HashSet<>())
                        .add(id));
                effects.put(id, ids("find-effects", id));
                effects.get(id).add(id);
            }
            assertThat(effects).isEqualTo(causes);
            assertThat(causesOf("SlotFreed")).containsSequence("SlotFreed agent/ada", "TaskCompleted task/m/a");
        }
    }

    private void awaitIndexed(List<JsonNode> events) {
        var last = events.get(events.size() - 1).get("id").asString();
        api.await("/api/queries/find-causes?event=" + last, found -> true);
    }

    private Set<String> ids(String query, String event) {
        var found = new HashSet<String>();
        ok(api.get("/api/queries/" + query + "?limit=500&event=" + event))
                .get("items")
                .forEach(item -> found.add(item.get("event").get("id").asString()));
        return found;
    }

    private List<String> causesOf(String type) {
        var first = api.events("&type=" + type).get(0).get("id").asString();
        return ok(api.get("/api/queries/find-causes?limit=500&event=" + first))
                .get("items")
                .valueStream()
                .map(item -> item.get("event"))
                .map(event ->
                        event.get("type").asString() + " " + event.get("entity").asString())
                .toList();
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
