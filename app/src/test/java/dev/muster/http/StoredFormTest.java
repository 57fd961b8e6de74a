package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.app.StoredLog;
import dev.muster.message.Refusal;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as it was written. */
class StoredFormTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        api = server.api();
        api.command("register-agent", "ada", Map.of());
        for (int i = 0; i < 5; i++) {
            api.command("submit-task", "anonymous", Map.of("taskId", "t" + i, "title", "Task " + i));
        }
        api.command("claim-task", "ada", Map.of("taskId", "t1"));
        var progress = Map.of("taskId", "t1", "fencingToken", 1, "note", "On");
        api.command("report-progress", "ada", progress, "Muster-Correlation-Id", "project-7");
        appendOneWithAFieldThatNobodyKnows();
    }

    private static void appendOneWithAFieldThatNobodyKnows() {
        var log = server.bean(RocksEventStorageEngine.class);
        var last = log.stored("task/t1", 0).reduce((one, other) -> other).orElseThrow();
        var payload = new String(last.payload(), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"shade\":\"red\",");
        log.appendStored(List.of(new StoredEvent(
                -1,
                "older",
                last.time(),
                last.aggregateType(),
                last.aggregateId(),
                last.sequence() + 1,
                last.payloadType(),
                last.revision(),
                payload.getBytes(StandardCharsets.UTF_8),
                last.metaData())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode json(byte[] text) {
        return JSON.readTree(text);
    }

    @Test
    void every_event_is_told_as_it_was_written() {
        var stored = server.bean(RocksEventStorageEngine.class).stored(0).toList();
        var told = api.log("&form=stored");
        assertThat(told).hasSameSizeAs(stored);
        for (int i = 0; i < stored.size(); i++) {
            var event = stored.get(i);
            var as = told.get(i);
            assertThat(as.get("position").asLong()).isEqualTo(i);
            assertThat(as.get("id").asString()).isEqualTo(event.eventId());
            assertThat(as.get("type").asString()).isEqualTo(event.payloadType());
            assertThat(as.path("revision").asString(null)).isEqualTo(event.revision());
            assertThat(as.get("subject").asString()).isEqualTo(event.aggregateId());
            assertThat(as.get("sequence").asString()).isEqualTo(Long.toString(event.sequence()));
            assertThat(as.get("time").asString()).isEqualTo(event.time().toString());
            assertThat(as.get("data")).isEqualTo(json(event.payload()));
            assertThat(as.get("metadata")).isEqualTo(json(event.metaData()));
        }
    }

    @Test
    void what_only_the_stored_form_has_is_in_it_and_the_rest_is_as_ever() {
        var stored = last(api.events("&form=stored&entity=task/t1"));
        var read = last(api.events(""));
        assertThat(stored.at("/data/shade").asString()).isEqualTo("red");
        assertThat(read.at("/data").has("shade")).isFalse();
        for (var name : List.of("specversion", "id", "source", "type", "subject", "time", "position", "sequence")) {
            assertThat(stored.get(name)).as(name).isNotNull().isEqualTo(read.get(name));
        }
        for (var name : List.of("actor", "correlationid", "causationid", "recordedtime")) {
            assertThat(stored.get(name)).as(name).isNotNull().isEqualTo(read.get(name));
        }
        assertThat(stored.get("correlationid").asString()).isEqualTo("project-7");
    }

    private static JsonNode last(List<JsonNode> events) {
        return events.get(events.size() - 1);
    }

    @Test
    void it_is_paged_and_can_be_of_one_entity() {
        var first = api.get("/api/events?form=stored&limit=2&entity=task/t1").body();
        assertThat(first.get("items")).hasSize(2);
        var second = api.get("/api/events?form=stored&limit=2&entity=task/t1&after="
                        + first.get("next").asLong())
                .body();
        assertThat(second.at("/items/0/sequence").asString()).isEqualTo("2");
        assertThat(second.at("/items/1/subject").asString()).isEqualTo("task/t1");
        assertThat(api.get("/api/events?form=stored&entity=task/nobody").body().get("items"))
                .isEmpty();
        var end = api.get("/api/events?form=stored&after=100000").body();
        assertThat(end.get("items")).isEmpty();
        assertThat(end.has("next")).isFalse();
    }

    @Test
    void what_does_not_go_with_it_is_refused() {
        for (var more : List.of("type=TaskSubmitted", "actor=ada", "correlation=c")) {
            var answer = api.get("/api/events?form=stored&" + more);
            assertThat(answer.status()).as(more).isEqualTo(400);
            assertThat(answer.body().at("/fields/0/field").asString()).isEqualTo(more.split("=")[0]);
        }
        assertThat(api.get("/api/events?form=raw").body().get("detail").asString())
                .contains("must be stored");
        assertThat(api.stream("/api/events?form=stored"))
                .singleElement()
                .asString()
                .contains("pages only");
    }

    @Test
    void an_engine_that_has_none_says_so() {
        var none = new StoredPages(new StaticListableBeanFactory().getBeanProvider(StoredLog.class));
        assertThatThrownBy(() -> none.read(null, -1, 10)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().status()).isEqualTo(501);
            assertThat(refusal.problem().code()).isEqualTo("stored-form-unavailable");
        });
    }
}
