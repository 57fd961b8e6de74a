package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.message.EventSerializer;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageNames;
import dev.muster.message.StateRevisions;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoredEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots spare reading, and one of another shape is left aside. */
class AggregateSnapshotTest {

    private static final String TASK = "dev.muster.task.Task";

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
        try (var server = TestServer.start(home)) {
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
        try (var server = TestServer.start(home, "--muster.command.snapshot-load-time=PT0.000000001S")) {
            workOn(server.api(), 20);
            assertThat(server.bean(RocksEventStorageEngine.class).readSnapshot("task/t"))
                    .isPresent();
            assertThat(server.bean(RocksEventStorageEngine.class).readSnapshot("agent/ada"))
                    .isEmpty();
        }
    }

    @Test
    void a_snapshot_of_the_shape_of_now_is_used() {
        prepare();
        writeFalseSnapshot(new StateRevisions().revisionOf(taskClass()), Map.of());
        try (var server = TestServer.start(home)) {
            var answer = server.api().command("report-progress", "ada", progress());
            assertThat(answer.status())
                    .as("what it says is believed, so that the other cases show something")
                    .isEqualTo(409);
        }
    }

    @Test
    void one_of_an_earlier_revision_is_left_aside() {
        prepare();
        writeFalseSnapshot("0" + new StateRevisions().revisionOf(taskClass()).substring(1), Map.of());
        isHandledByItsEvents();
    }

    @Test
    void so_is_one_whose_shape_has_changed_though_its_revision_was_not_raised() {
        prepare();
        writeFalseSnapshot("1+0000000000000000", Map.of());
        isHandledByItsEvents();
    }

    @Test
    void so_is_one_of_the_time_when_the_shape_was_not_noted() {
        prepare();
        writeFalseSnapshot("1", Map.of());
        isHandledByItsEvents();
    }

    @Test
    void so_is_one_that_has_a_field_which_nobody_knows() {
        prepare();
        writeFalseSnapshot(new StateRevisions().revisionOf(taskClass()), Map.of("colour", "red"));
        isHandledByItsEvents();
    }

    private void prepare() {
        try (var server = TestServer.start(home)) {
            workOn(server.api(), 3);
        }
    }

    private void isHandledByItsEvents() {
        try (var server = TestServer.start(home)) {
            var answer = server.api().command("report-progress", "ada", progress());
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            assertThat(answer.body().get("version").asLong()).isEqualTo(6);
        }
    }

    private static Class<?> taskClass() {
        try {
            return Class.forName(TASK);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** A snapshot that says that the task is cancelled, which it is not. */
    private void writeFalseSnapshot(String revision, Map<String, Object> more) {
        var state = new HashMap<String, Object>(more);
        state.put("id", "t");
        state.put("state", "canceled");
        try (var engine = RocksEventStorageEngine.builder(
                        home.resolve("log"), EventSerializer.of(MessageNames.of(Set.of())), named(revision))
                .build()) {
            var last = engine.lastSequenceNumberFor("task/t").orElseThrow();
            engine.storeSnapshot(new GenericDomainEventMessage<>(
                    "task", "task/t", last, state, MetaData.emptyInstance(), "snapshot", Instant.EPOCH));
        }
    }

    private static Serializer named(String revision) {
        return new Jackson3Serializer(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(JsonMappers::state)) {
            @Override
            @SuppressWarnings("rawtypes")
            public SerializedType typeForClass(Class type) {
                return type == HashMap.class ? new SimpleSerializedType(TASK, revision) : super.typeForClass(type);
            }
        };
    }
}
