package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ChildServer;
import dev.muster.HttpApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** 32 clients work while the server is killed and started again: what was acknowledged stays, and nothing is there twice. */
@Tag("slow")
class CrashTest {

    private static final int CLIENTS = 32;
    private static final int TASKS = 600;
    private static final int KILLS = 3;

    @TempDir
    Path home;

    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> different = new ConcurrentLinkedQueue<>();
    private HttpApi api;

    @Test
    void what_was_acknowledged_survives_and_nothing_happens_twice() throws Exception {
        var port = ChildServer.freePort();
        var server = ChildServer.start(home, port);
        api = server.api();
        var threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int client = 0; client < CLIENTS; client++) {
                must("register-agent", "a" + client, Map.of(), "register");
            }
            var works = new ArrayList<Future<Void>>();
            for (int client = 0; client < CLIENTS; client++) {
                var agent = "a" + client;
                works.add(threads.submit((Callable<Void>) () -> work(agent)));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                var enough = kill * TASKS / (KILLS + 1);
                while (completed.get() < enough) {
                    LockSupport.parkNanos(5_000_000);
                }
                server.kill();
                server = ChildServer.start(home, port);
            }
            for (var work : works) {
                work.get();
            }
            check(api.events(""));
        } finally {
            threads.shutdownNow();
            server.close();
        }
    }

    private Void work(String agent) throws InterruptedException {
        var request = 0;
        while (completed.get() < TASKS) {
            var number = submitted.getAndIncrement();
            if (number < TASKS) {
                must("submit-task", agent, Map.of("title", "Task " + number), "s" + number);
            }
            var key = "c" + request++;
            var claimed = must("claim-next-task", agent, Map.of(), key);
            if (claimed.get("result").isNull()) {
                continue;
            }
            var repeated = must("claim-next-task", agent, Map.of(), key);
            if (!repeated.get("result").equals(claimed.get("result"))) {
                different.add(claimed + " but then " + repeated);
            }
            var held = new HashMap<String, Object>();
            held.put("taskId", claimed.get("id").asString());
            held.put("fencingToken", claimed.get("result").get("fencingToken").asLong());
            must("complete-task", agent, held, "done-" + claimed.get("id").asString());
            completed.incrementAndGet();
        }
        return null;
    }

    /** Sends a command until it is acknowledged, always with the same key. */
    private JsonNode must(String command, String agent, Map<String, ?> fields, String key) {
        while (true) {
            try {
                var answer = api.command(command, agent, fields, "Idempotency-Key", key);
                if (answer.status() == 200) {
                    if (!answer.body().get("seen").isNull()) {
                        acknowledged.add(answer.body().get("seen").asString());
                    }
                    return answer.body();
                }
                if (answer.status() != 503) {
                    throw new AssertionError(command + " was refused: " + answer.body());
                }
            } catch (UncheckedIOException e) {
                // The server is down, or went down before it answered; the key makes it safe to ask again.
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private void check(List<JsonNode> events) throws IOException {
        var positions =
                events.stream().map(event -> event.get("position").asInt()).toList();
        assertThat(positions)
                .as("behind the operator's token")
                .isEqualTo(IntStream.rangeClosed(1, events.size()).boxed().toList());
        var versions = new HashMap<String, Long>();
        var holders = new HashMap<String, String>();
        var types = new HashMap<String, Integer>();
        for (var event : events) {
            var entity = event.get("subject").asString();
            var version = Long.parseLong(event.get("sequence").asString());
            assertThat(version).as(entity).isEqualTo(versions.getOrDefault(entity, -1L) + 1);
            versions.put(entity, version);
            types.merge(event.get("type").asString(), 1, Integer::sum);
            switch (event.get("type").asString()) {
                case "TaskAssigned" ->
                    assertThat(holders.put(
                                    entity, event.get("data").get("agentId").asString()))
                            .as("nobody holds " + entity + " when it is assigned")
                            .isNull();
                case "TaskCompleted" ->
                    assertThat(holders.remove(entity))
                            .as("who completes " + entity + " holds it")
                            .isEqualTo(event.get("data").get("agentId").asString());
                case "LeaseExpired", "TaskReleased" -> holders.remove(entity);
                default -> {
                    // Says nothing about who holds it.
                }
            }
        }
        assertThat(acknowledged).allSatisfy(seen -> {
            var at = seen.lastIndexOf('@');
            assertThat(versions.get(seen.substring(0, at)))
                    .as(seen)
                    .isGreaterThanOrEqualTo(Long.parseLong(seen.substring(at + 1)));
        });
        assertThat(different).as("a repeated key gives the earlier answer").isEmpty();
        assertThat(types).containsEntry("TaskSubmitted", TASKS).containsEntry("TaskCompleted", TASKS);
    }
}
