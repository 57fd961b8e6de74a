package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.cli.shared.Api;
import dev.muster.history.LogSource;
import dev.muster.view.ViewProgress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the benchmark do what they are to measure. */
class LargeStoreTest {

    private static final int TASKS = 6;
    private static final int EVENTS = 150;

    @TempDir
    Path home;

    @Test
    void a_store_grows_by_tasks_that_are_all_completed_and_hot_entities_lose_no_change() throws Exception {
        try (var server = TestServer.start(home)) {
            var relay = new TaskRelay(Api.of(server.api().url(), home), "relay", 2, TASKS).run();
            assertThat(relay.completedOnce()).isTrue();
            assertThat(relay.changes()).isEqualTo(4 * TASKS);
            var hot = new HotEntity(Api.of(server.api().url(), home), "hot", 4);
            hot.revisions(20);
            hot.commentsPerSecond(20);
            assertThat(server.api()
                            .get("/api/queries/get-task?taskId=hot-revisions")
                            .body()
                            .get("version")
                            .asLong())
                    .isEqualTo(20);
        }
        var before = TASKS;
        LargeStore.grow(home, EVENTS);
        try (var server = TestServer.start(home)) {
            assertThat(server.bean(LogSource.class).head()).isGreaterThanOrEqualTo(EVENTS);
            assertThat(server.bean(ViewProgress.class).awaitPosition(EVENTS - 1, Duration.ofSeconds(20)))
                    .isTrue();
            var completed = server.api()
                    .get("/api/queries/count-tasks?label=relay")
                    .body()
                    .at("/byState/completed")
                    .asInt();
            assertThat(completed).isGreaterThan(before);
        }
    }
}
