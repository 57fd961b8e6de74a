package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The mission relay: clients drain missions that all are under way at once. Of each step four changes are made, as of each
 * task in the {@link TaskRelay}: its task is submitted, which the mission's saga does, claimed by one of those who ask for
 * the next task, progress is reported, and it is completed. What the missions themselves note is not counted.
 */
final class MissionRelay {

    /** Each step of a layer depends on the one in its place in the layer before. */
    private static final int WIDTH = 5;

    private final Api api;
    private final String run;
    private final int clients;
    private final int missions;
    private final int steps;
    private final AtomicInteger completed = new AtomicInteger();

    MissionRelay(Api api, String run, int clients, int missions, int steps) {
        this.api = api;
        this.run = run;
        this.clients = clients;
        this.missions = missions;
        this.steps = steps;
    }

    /**
     * How it went.
     *
     * @param seconds from the first claim until the views show every mission completed
     * @param allCompleted whether the missions ended as planned
     */
    record Result(int changes, double seconds, boolean allCompleted) {}

    Result run() {
        for (int client = 0; client < clients; client++) {
            TaskRelay.must(api.command("register-agent", "anonymous", Map.of("agentId", agent(client))));
        }
        TaskRelay.inParallel(clients, this::plan);
        var start = System.nanoTime();
        TaskRelay.inParallel(clients, this::work);
        awaitMissions();
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Result(4 * missions * steps, seconds, failed() == 0);
    }

    private String agent(int client) {
        return run + "-a" + client;
    }

    private Latencies plan(int client) {
        for (int number = client; number < missions; number += clients) {
            var mission = run + "-" + number;
            TaskRelay.must(api.command(
                    "plan-mission", "anonymous", Map.of("missionId", mission, "title", mission, "steps", steps())));
            TaskRelay.must(api.command("start-mission", "anonymous", Map.of("missionId", mission)));
        }
        return new Latencies();
    }

    private List<Map<String, Object>> steps() {
        var all = new ArrayList<Map<String, Object>>();
        IntStream.range(0, steps)
                .forEach(step -> all.add(Map.of(
                        "stepId",
                        "s" + step,
                        "title",
                        "Step " + step,
                        "dependsOn",
                        step < WIDTH ? List.of() : List.of("s" + (step - WIDTH)))));
        return all;
    }

    private Latencies work(int client) {
        var agent = agent(client);
        while (completed.get() < missions * steps) {
            var claimed = TaskRelay.must(api.command("claim-next-task", agent, Map.of()));
            if (claimed.body().get("result").isNull()) {
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            var held = new HashMap<String, Object>();
            held.put("taskId", claimed.body().get("id").asString());
            held.put(
                    "fencingToken",
                    claimed.body().get("result").get("fencingToken").asLong());
            var progress = new HashMap<>(held);
            progress.put("percent", 50);
            TaskRelay.must(api.command("report-progress", agent, progress));
            TaskRelay.must(api.command("complete-task", agent, held));
            completed.incrementAndGet();
        }
        return new Latencies();
    }

    private void awaitMissions() {
        while (!TaskRelay.must(api.get("/api/queries/find-missions?state=running&limit=1"))
                .body()
                .get("items")
                .isEmpty()) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private int failed() {
        return TaskRelay.must(api.get("/api/queries/find-missions?state=failed&limit=1"))
                .body()
                .get("items")
                .size();
    }
}
