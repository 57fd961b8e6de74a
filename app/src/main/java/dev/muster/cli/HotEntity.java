package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients who all change one task: they comment on it, each freely, or revise it, each based on the version that it has read,
 * and again with the version that a refusal names (see {@link BackOff}).
 */
final class HotEntity {

    private final Api api;
    private final String run;
    private final int clients;

    HotEntity(Api api, String run, int clients) {
        this.api = api;
        this.run = run;
        this.clients = clients;
    }

    /** Comments a second. */
    double commentsPerSecond(int comments) {
        var task = submit("comments");
        var left = new AtomicInteger(comments);
        var start = System.nanoTime();
        TaskRelay.inParallel(clients, client -> {
            while (left.getAndDecrement() > 0) {
                TaskRelay.must(api.command("comment-on-task", "anonymous", Map.of("taskId", task, "text", "Noted")));
            }
            return new Latencies();
        });
        return comments / seconds(start);
    }

    /**
     * How it went.
     *
     * @param perSecond revisions that were accepted
     * @param refused how many were sent again, since another was faster
     */
    record Revisions(double perSecond, long refused) {}

    Revisions revisions(int revisions) {
        var task = submit("revisions");
        var left = new AtomicInteger(revisions);
        var refused = new AtomicLong();
        var start = System.nanoTime();
        TaskRelay.inParallel(clients, client -> {
            var version = 0L;
            var backOff = new BackOff();
            for (int revision; (revision = left.getAndDecrement()) > 0; ) {
                var fields = Map.of("taskId", task, "title", "Revision " + revision);
                for (var done = false; !done; ) {
                    var sent = System.nanoTime();
                    var answer = api.command("revise-task", "anonymous", fields, "If-Match", "\"" + version + "\"");
                    done = answer.isOk();
                    version = done
                            ? answer.body().get("version").asLong()
                            : stale(answer).body().get("currentVersion").asLong();
                    if (done) {
                        backOff.accepted();
                    } else {
                        refused.incrementAndGet();
                        backOff.refused(System.nanoTime() - sent);
                    }
                }
            }
            return new Latencies();
        });
        return new Revisions(revisions / seconds(start), refused.get());
    }

    private static Api.Answer stale(Api.Answer answer) {
        return answer.problem().equals("stale-version") ? answer : TaskRelay.must(answer);
    }

    private String submit(String what) {
        var task = run + "-" + what;
        TaskRelay.must(api.command("submit-task", "anonymous", Map.of("taskId", task, "title", "A hot one")));
        return task;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
