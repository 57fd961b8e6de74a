package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ChildServer;
import dev.muster.HttpApi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A group whose members die with events in hand, at a server that is killed: each event is acknowledged at least once, the events
 * of an entity are delivered in their order, none before the one before it was acknowledged, and what is delivered again is
 * the same under the same id.
 */
class GroupTest {

    private static final int BATCH = 100;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    @TempDir
    Path home;

    @Test
    void a_small_group_gets_everything_although_the_server_is_killed() throws Exception {
        run(6, 400, 20, 1);
    }

    @Test
    @Tag("slow")
    void twenty_members_get_ten_thousand_events_although_the_server_is_killed_twice() throws Exception {
        run(20, 10_000, 500, 2);
    }

    private void run(int members, int events, int tasks, int kills) throws Exception {
        var port = ChildServer.freePort();
        var server = ChildServer.start(home, port);
        var api = server.api();
        var record = new GroupRecord();
        var threads = Executors.newFixedThreadPool(members);
        try {
            prepare(api, events, tasks);
            var works = new ArrayList<Future<?>>();
            for (int i = 0; i < members; i++) {
                works.add(
                        threads.submit(new GroupMember("m" + i, api, record, () -> record.count() >= events, 7L + i)));
            }
            for (int kill = 1; kill <= kills; kill++) {
                await(record, events * kill / (kills + 1), works);
                server.kill();
                server = ChildServer.start(home, port);
            }
            await(record, events, works);
            for (var work : works) {
                work.get(1, TimeUnit.MINUTES);
            }
            System.out.println("A group of " + members + ", " + kills + " kills: " + record.tell());
            var log = api.events("");
            record.check(log);
            var last = log.get(log.size() - 1).get("position").asLong();
            var view = api.await(
                    "/api/queries/get-subscription?subscriptionId=s",
                    seen -> seen.get("position").asLong() >= last);
            assertThat(view.body().get("parked")).isEmpty();
        } finally {
            threads.shutdownNow();
            server.close();
        }
    }

    private static void prepare(HttpApi api, int events, int tasks) {
        api.command(
                "create-subscription", "ada", Map.of("subscriptionId", "s", "acknowledgeWithin", "PT1S", "tries", 100));
        var batch = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < events; i++) {
            var task = "t" + i % tasks;
            batch.add(
                    i < tasks
                            ? Map.of("command", "submit-task", "payload", Map.of("taskId", task, "title", "T"))
                            : Map.of("command", "comment-on-task", "payload", Map.of("taskId", task, "text", "x")));
            if (batch.size() == BATCH || i == events - 1) {
                send(api, batch);
                batch.clear();
            }
        }
    }

    private static void send(HttpApi api, List<Map<String, Object>> batch) {
        var answer = api.post("/api/commands", "ada", HttpApi.JSON.writeValueAsString(batch));
        assertThat(answer.body().get("items"))
                .allSatisfy(item -> assertThat(item.get("status").asInt()).isEqualTo(200));
    }

    /** Until so many are acknowledged; a member that failed ends it. */
    private static void await(GroupRecord record, int count, List<Future<?>> works) throws Exception {
        var until = System.nanoTime() + PATIENCE_NANOS;
        while (record.count() < count) {
            for (var work : works) {
                if (work.isDone()) {
                    work.get();
                }
            }
            assertThat(System.nanoTime()).as(record.tell()).isLessThan(until);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
