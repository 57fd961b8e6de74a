package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoredEvent;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots spare reading. */
class AggregateSnapshotTest {

    @TempDir
    Path home;

    /** A task that ada works on and has told of so often. */
    private static void workOn(HttpApi api, int reports) {
        api.command("register-agent", "ada", Map.of());
        api.command("submit-task", "anonymous", Map.of("taskId", "t", "title", "Long work"));
        api.command("claim-task", "ada", Map.of("taskId", "t"));
        report(api, reports);
    }

    private static void report(HttpApi api, int reports) {
        for (int i = 0; i < reports; i++) {
            var answer = api.command("report-progress", "ada", progress());
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        }
    }

    private static Map<String, Object> progress() {
        return Map.of("taskId", "t", "fencingToken", 1, "note", "Still at it");
    }

    /** When nobody else reads the log any more. */
    private static long eventsReadAtRest(TestServer server) {
        server.api()
                .await(
                        "/actuator/health",
                        health -> health.at("/components/views/details/lag").asLong(-1) == 0);
        return server.bean(RocksEventStorageEngine.class).eventsRead();
    }

    /** As if the last report had been sent so often, before there were snapshots. */
    private static void repeatTheLastReport(RocksEventStorageEngine log, int times) {
        var last = log.stored("task/t", 0).reduce((one, other) -> other).orElseThrow();
        log.appendStored(LongStream.rangeClosed(1, times)
                .mapToObj(i -> new StoredEvent(
                        -1,
                        last.eventId() + "-" + i,
                        last.time(),
                        last.aggregateType(),
                        last.aggregateId(),
                        last.sequence() + i,
                        last.payloadType(),
                        last.revision(),
                        last.payload(),
                        last.metaData()))
                .toList());
    }

    @Test
    void a_task_with_10_000_reports_is_loaded_without_reading_them_all() {
        try (var server = TestServer.start(home, "--muster.command.cached-entities=0")) {
            var log = server.bean(RocksEventStorageEngine.class);
            workOn(server.api(), 1);
            repeatTheLastReport(log, 10_000);
            assertThat(eventsReadFor(server)).as("without a snapshot").isGreaterThan(10_000);
            assertThat(eventsReadFor(server))
                    .as("with the one that was made then")
                    .isLessThan(100);
        }
    }

    /** How many events are read for one command, by it and by all who follow. */
    private static long eventsReadFor(TestServer server) {
        var before = eventsReadAtRest(server);
        report(server.api(), 1);
        return eventsReadAtRest(server) - before;
    }

    @Test
    void one_that_takes_too_long_to_load_is_snapshotted_however_few_its_events() {
        try (var server = TestServer.start(
                home, "--muster.command.snapshot-load-time=PT0.000000001S", "--muster.command.cached-entities=0")) {
            workOn(server.api(), 20);
            assertThat(server.bean(RocksEventStorageEngine.class).readSnapshot("task/t"))
                    .isPresent();
            assertThat(server.bean(RocksEventStorageEngine.class).readSnapshot("agent/ada"))
                    .isEmpty();
        }
    }
}
