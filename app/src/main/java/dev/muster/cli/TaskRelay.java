package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The task relay: clients drain tasks, and for each task four acknowledged changes are made, one request each: it is
 * submitted, claimed by one of those who ask for the next task, progress is reported, and it is completed.
 */
final class TaskRelay {

    private final Api api;
    private final String run;
    private final int clients;
    private final int tasks;
    private final AtomicInteger toSubmit = new AtomicInteger();
    private final AtomicInteger toComplete = new AtomicInteger();
    private final AtomicLong conflicts = new AtomicLong();
    private volatile String lastSeen = "";

    TaskRelay(Api api, String run, int clients, int tasks) {
        this.api = api;
        this.run = run;
        this.clients = clients;
        this.tasks = tasks;
    }

    /**
     * How it went.
     *
     * @param seconds from the first request until the views had caught up
     * @param lagSeconds the part of it from the last answer on
     * @param completedOnce whether the log has each task completed, and none twice
     */
    record Result(
            int changes,
            double seconds,
            double lagSeconds,
            Latencies latencies,
            long conflicts,
            boolean completedOnce) {}

    Result run() {
        for (int client = 0; client < clients; client++) {
            must(api.command("register-agent", "anonymous", Map.of("agentId", agent(client))));
        }
        var before = lastPosition();
        var start = System.nanoTime();
        var latencies = inParallel(clients, this::work);
        var answered = System.nanoTime();
        awaitViews();
        var done = System.nanoTime();
        return new Result(
                latencies.size(),
                (done - start) / 1e9,
                (done - answered) / 1e9,
                latencies,
                conflicts.get(),
                completedOnce(before));
    }

    private String agent(int client) {
        return run + "-a" + client;
    }

    private Latencies work(int client) {
        var latencies = new Latencies();
        var agent = agent(client);
        while (true) {
            var number = toSubmit.getAndIncrement();
            if (number < tasks) {
                timed(
                        latencies,
                        () -> api.command(
                                "submit-task",
                                agent,
                                Map.of(
                                        "taskId",
                                        run + "-t" + number,
                                        "title",
                                        "Task " + number,
                                        "labels",
                                        List.of(run))));
            }
            if (toComplete.get() >= tasks) {
                return latencies;
            }
            var start = System.nanoTime();
            var claimed = must(api.command("claim-next-task", agent, Map.of("labels", List.of(run))));
            if (claimed.body().get("result").isNull()) {
                if (number >= tasks && toComplete.get() >= tasks) {
                    return latencies;
                }
                conflicts.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            latencies.add(System.nanoTime() - start);
            var held = new HashMap<String, Object>();
            held.put("taskId", claimed.body().get("id").asString());
            held.put(
                    "fencingToken",
                    claimed.body().get("result").get("fencingToken").asLong());
            var progress = new HashMap<>(held);
            progress.put("percent", 50);
            timed(latencies, () -> api.command("report-progress", agent, progress));
            var completed = timed(latencies, () -> api.command("complete-task", agent, held));
            lastSeen = completed.body().get("seen").asString();
            toComplete.incrementAndGet();
        }
    }

    private static Api.Answer timed(Latencies latencies, Callable<Api.Answer> request) {
        try {
            var start = System.nanoTime();
            var answer = must(request.call());
            latencies.add(System.nanoTime() - start);
            return answer;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Api.Answer must(Api.Answer answer) {
        if (!answer.isOk()) {
            throw new IllegalStateException("A request was refused: " + answer.body());
        }
        return answer;
    }

    private void awaitViews() {
        while (true) {
            var counts = api.get("/api/queries/count-tasks?label=" + run + "&after=" + lastSeen + "&wait=PT30S");
            if (counts.isOk()
                    && counts.body().get("byState").has("completed")
                    && counts.body().get("byState").get("completed").asLong() >= tasks) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private long lastPosition() {
        var health = api.get("/actuator/health").body();
        return health.at("/components/views/details/position").asLong() - 1;
    }

    private boolean completedOnce(long after) {
        var times = new HashMap<String, Integer>();
        for (var next = after; ; ) {
            var page = must(api.get("/api/events?type=TaskCompleted&limit=500&after=" + next))
                    .body();
            for (var event : page.get("items")) {
                times.merge(event.get("subject").asString(), 1, Integer::sum);
            }
            if (!page.has("next")) {
                break;
            }
            next = page.get("next").asLong();
        }
        var own = times.keySet().stream()
                .filter(task -> task.startsWith("task/" + run + "-t"))
                .toList();
        return own.size() == tasks && own.stream().allMatch(task -> times.get(task) == 1);
    }

    interface Client {
        Latencies work(int client) throws Exception;
    }

    /** Runs clients side by side and joins what they measured. */
    static Latencies inParallel(int clients, Client client) {
        var threads = Executors.newFixedThreadPool(clients);
        try {
            var works = new ArrayList<Callable<Latencies>>();
            for (int i = 0; i < clients; i++) {
                var number = i;
                works.add(() -> client.work(number));
            }
            var all = new Latencies();
            for (var done : threads.invokeAll(works)) {
                all.addAll(done.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
