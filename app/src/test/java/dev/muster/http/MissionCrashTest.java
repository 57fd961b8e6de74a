package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ChildServer;
import dev.muster.HttpApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Missions end as planned although agents die and the server is killed: each step's effect counts once. */
@Tag("slow")
class MissionCrashTest {

    private static final int AGENTS = 16;
    private static final String[] SHORT = {"--muster.task.lease=PT2S", "--muster.task.supervision-interval=PT0.2S"};

    @TempDir
    Path home;

    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger deaths = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
    private final int port = ChildServer.freePort();
    private HttpApi api;
    private volatile boolean over;

    @AfterEach
    void close() {
        over = true;
        threads.shutdownNow();
    }

    @Test
    void a_mission_of_200_steps_ends_although_agents_die_and_the_server_is_killed_twice() throws Exception {
        var server = start(SHORT);
        try {
            plan("big", layers(10, 20, new Random(7)));
            var agents = agents();
            for (int kill = 1; kill <= 2; kill++) {
                awaitCompleted(kill * 65);
                server.kill();
                server = start(SHORT);
            }
            awaitState("big", "completed");
            over = true;
            for (var agent : agents) {
                agent.get();
            }
            var events = api.events("");
            assertThat(subjects(events, "TaskCompleted")).hasSize(200).doesNotHaveDuplicates();
            assertThat(steps(events, "StepStarted")).hasSize(200).doesNotHaveDuplicates();
            assertThat(steps(events, "StepCompleted")).hasSize(200).doesNotHaveDuplicates();
            assertThat(deaths.get()).as("agents that died holding a task").isPositive();
            assertThat(subjects(events, "LeaseExpired")).isNotEmpty();
        } finally {
            server.close();
        }
    }

    @Test
    void a_hundred_missions_of_200_steps_each_of_another_seed_end_completed() throws Exception {
        var server = start(SHORT);
        try {
            for (int seed = 0; seed < 100; seed++) {
                plan("seed-" + seed, layers(10, 20, new Random(seed)));
            }
            var agents = agents();
            awaitCompleted(20_000, 420);
            for (int seed = 0; seed < 100; seed++) {
                awaitState("seed-" + seed, "completed");
            }
            over = true;
            for (var agent : agents) {
                agent.get();
            }
            var events = api.events("&type=StepCompleted");
            assertThat(steps(events, "StepCompleted")).hasSize(20_000).doesNotHaveDuplicates();
            assertThat(subjects(api.events("&type=TaskCompleted"), "TaskCompleted"))
                    .hasSize(20_000)
                    .doesNotHaveDuplicates();
        } finally {
            server.close();
        }
    }

    @Test
    void everything_but_the_log_can_be_deleted_while_missions_run_also_between_a_step_and_its_task() throws Exception {
        // Nothing is carried by this server: it dies between each step that was started and its task.
        var server = start("--muster.supervision=false");
        try {
            for (int mission = 0; mission < 20; mission++) {
                plan("m" + mission, layers(4, 3, new Random(mission)));
            }
            assertThat(subjects(api.events(""), "TaskSubmitted")).isEmpty();
            server.kill();
            deleteAllButTheLog();
            server = start(SHORT);
            var agents = agents();
            awaitCompleted(60);
            server.kill();
            deleteAllButTheLog();
            server = start(SHORT);
            for (int mission = 0; mission < 20; mission++) {
                awaitState("m" + mission, "completed");
            }
            over = true;
            for (var agent : agents) {
                agent.get();
            }
            var events = api.events("");
            for (var type : List.of("TaskSubmitted", "TaskCompleted")) {
                assertThat(subjects(events, type)).as(type).hasSize(240).doesNotHaveDuplicates();
            }
            for (var type : List.of("StepStarted", "StepCompleted")) {
                assertThat(steps(events, type)).as(type).hasSize(240).doesNotHaveDuplicates();
            }
        } finally {
            server.close();
        }
    }

    private ChildServer start(String... properties) throws IOException {
        var server = ChildServer.start(home, port, properties);
        api = server.api();
        return server;
    }

    private void deleteAllButTheLog() throws IOException {
        for (var folder : List.of("views", "index")) {
            if (Files.exists(home.resolve(folder))) {
                try (var files = Files.walk(home.resolve(folder))) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** Each step of a layer depends on two of the layer before. */
    private static List<Map<String, Object>> layers(int layers, int width, Random random) {
        var steps = new ArrayList<Map<String, Object>>();
        for (int layer = 0; layer < layers; layer++) {
            for (int place = 0; place < width; place++) {
                var dependsOn = new TreeSet<String>();
                for (int i = 0; layer > 0 && i < 2; i++) {
                    dependsOn.add("s" + (layer - 1) + "-" + random.nextInt(width));
                }
                steps.add(Map.of(
                        "stepId",
                        "s" + layer + "-" + place,
                        "title",
                        "Step " + layer + "." + place,
                        "dependsOn",
                        dependsOn,
                        "retry",
                        Map.of("maxAttempts", 50, "backoff", "PT0S")));
            }
        }
        return steps;
    }

    private void plan(String mission, List<Map<String, Object>> steps) {
        must("plan-mission", "kim", Map.of("missionId", mission, "title", mission, "steps", steps), "plan " + mission);
        must("start-mission", "kim", Map.of("missionId", mission), "start " + mission);
    }

    private List<Future<Void>> agents() {
        var agents = new ArrayList<Future<Void>>();
        for (int i = 0; i < AGENTS; i++) {
            var agent = "a" + i;
            var random = new Random(i);
            agents.add(threads.submit((Callable<Void>) () -> work(agent, random)));
        }
        return agents;
    }

    /** Works as long as the missions do; now and then it dies holding a task, and another one takes its name. */
    private Void work(String agent, Random random) {
        must("register-agent", agent, Map.of(), "register");
        for (int request = 0; !over; request++) {
            var claimed = must("claim-next-task", agent, Map.of(), "c" + request + "-" + agent);
            if (claimed == null || claimed.get("result").isNull()) {
                LockSupport.parkNanos(20_000_000);
            } else if (random.nextInt(25) == 0) {
                deaths.incrementAndGet();
            } else {
                var held = new HashMap<String, Object>();
                held.put("taskId", claimed.get("id").asString());
                held.put(
                        "fencingToken",
                        claimed.get("result").get("fencingToken").asLong());
                held.put("result", agent);
                held.put("usage", Map.of("inputTokens", 1, "outputTokens", 1, "costMicros", 1));
                if (must(
                                "complete-task",
                                agent,
                                held,
                                "done-" + claimed.get("id").asString())
                        != null) {
                    completed.incrementAndGet();
                }
            }
        }
        return null;
    }

    /** Sends a command until it is answered, always with the same key; none if the task was lost meanwhile. */
    private JsonNode must(String command, String agent, Map<String, ?> fields, String key) {
        while (true) {
            try {
                var answer = api.command(command, agent, fields, "Idempotency-Key", key);
                if (answer.status() == 200) {
                    return answer.body();
                }
                if (answer.problem().equals("task-lease-lost")
                        || answer.problem().equals("agent-exists")) {
                    return null;
                }
                if (answer.status() != 503) {
                    throw new AssertionError(command + " was refused: " + answer.body());
                }
            } catch (UncheckedIOException e) {
                if (over) {
                    return null;
                }
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void awaitCompleted(int enough) {
        awaitCompleted(enough, 180);
    }

    private void awaitCompleted(int enough, long seconds) {
        var until = System.nanoTime() + seconds * 1_000_000_000L;
        while (completed.get() < enough) {
            assertThat(System.nanoTime())
                    .as("%d tasks of %d", completed.get(), enough)
                    .isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private void awaitState(String mission, String state) {
        var until = System.nanoTime() + 180_000_000_000L;
        while (true) {
            var known = api.get("/api/queries/get-mission?missionId=" + mission).body();
            if (known.path("state").asString("").equals(state)) {
                return;
            }
            assertThat(System.nanoTime()).as(known.toString()).isLessThan(until);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static List<String> subjects(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.get("type").asString().equals(type))
                .map(event -> event.get("subject").asString())
                .toList();
    }

    private static List<String> steps(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.get("type").asString().equals(type))
                .map(event -> event.get("subject").asString() + " "
                        + event.get("data").get("stepId").asString())
                .toList();
    }
}
