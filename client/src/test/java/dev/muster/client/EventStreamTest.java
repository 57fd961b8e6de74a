package dev.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.client.FakeServer.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the log is followed. */
class EventStreamTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String event(long position) {
        return "id: " + position + "\ndata: {\"position\":" + position + ",\"id\":\"e" + position
                + "\",\"type\":\"TaskCompleted\",\ndata: \"subject\":\"task/t\",\"time\":\"2026-01-01T00:00:00Z\","
                + "\"actor\":\"ada\",\"data\":{\"n\":" + position + "}}\n\n";
    }

    private EventStream follow() {
        return MusterClient.at(server.url()).build().follow(Map.of("type", "TaskCompleted"), 6);
    }

    @Test
    void it_goes_on_behind_the_last_event_after_the_connection_was_cut() throws InterruptedException {
        server.on(
                "/api/events",
                new Reply(200, event(7) + ": alive\n\n" + event(8) + "id: 9\ndata: {\"cut"),
                new Reply(503, "{}"),
                new Reply(200, event(9)));

        try (var events = follow()) {
            assertThat(events.next(PATIENT).orElseThrow().position()).isEqualTo(7);
            assertThat(events.next(PATIENT).orElseThrow().position()).isEqualTo(8);
            var last = events.next(PATIENT).orElseThrow();
            assertThat(last.position()).isEqualTo(9);
            assertThat(last.type()).isEqualTo("TaskCompleted");
            assertThat(last.data().get("n").asInt()).isEqualTo(9);
        }

        var asked = server.requests("/api/events");
        assertThat(asked.get(0).path()).isEqualTo("/api/events?after=6&type=TaskCompleted");
        assertThat(asked.get(0).header("Last-event-id")).isEmpty();
        assertThat(asked.get(2).header("Last-event-id")).isEqualTo("8");
    }

    @Test
    void nothing_comes_where_nothing_happens() throws InterruptedException {
        server.on("/api/events", new Reply(200, ": alive\n\n"));

        try (var events = follow()) {
            assertThat(events.next(Duration.ofMillis(50))).isEmpty();
        }
    }

    @Test
    void a_refusal_ends_it() {
        server.on("/api/events", new Reply(403, "{\"type\":\"urn:muster:problem:token-revoked\",\"detail\":\"No.\"}"));

        try (var events = follow()) {
            assertThatThrownBy(() -> events.next(PATIENT))
                    .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.code())
                            .isEqualTo("token-revoked"));
        }
    }
}
