package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.message.EventSerializer;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageNames;
import dev.muster.message.StateRevisions;
import dev.muster.store.RocksEventStorageEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is used if it has the shape of now; any other is left aside, and the events say what is. */
class SnapshotShapeTest {

    private static final String TASK = "dev.muster.task.Task";

    @TempDir
    static Path home;

    @BeforeAll
    static void adaWorksOnATask() {
        try (var server = TestServer.start(home)) {
            var api = server.api();
            api.command("register-agent", "ada", Map.of());
            api.command("submit-task", "anonymous", Map.of("taskId", "t", "title", "Work"));
            api.command("claim-task", "ada", Map.of("taskId", "t"));
        }
    }

    private static HttpApi.Answer reported() {
        try (var server = TestServer.start(home)) {
            return server.api()
                    .command("report-progress", "ada", Map.of("taskId", "t", "fencingToken", 1, "note", "On"));
        }
    }

    private static void isHandledByItsEvents() {
        var answer = reported();
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    }

    @Test
    void a_snapshot_of_the_shape_of_now_is_used() {
        writeFalseSnapshot(new StateRevisions().revisionOf(taskClass()), Map.of());
        assertThat(reported().status())
                .as("what it says is believed, so that the other cases show something")
                .isEqualTo(409);
    }

    @Test
    void one_of_an_earlier_revision_is_left_aside() {
        writeFalseSnapshot("0" + new StateRevisions().revisionOf(taskClass()).substring(1), Map.of());
        isHandledByItsEvents();
    }

    @Test
    void so_is_one_whose_shape_has_changed_though_its_revision_was_not_raised() {
        writeFalseSnapshot("1+0000000000000000", Map.of());
        isHandledByItsEvents();
    }

    @Test
    void so_is_one_of_the_time_when_the_shape_was_not_noted() {
        writeFalseSnapshot("1", Map.of());
        isHandledByItsEvents();
    }

    @Test
    void so_is_one_that_has_a_field_which_nobody_knows() {
        writeFalseSnapshot(new StateRevisions().revisionOf(taskClass()), Map.of("colour", "red"));
        isHandledByItsEvents();
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
