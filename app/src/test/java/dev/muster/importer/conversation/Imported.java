package dev.muster.importer.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.importer.BusSink;
import dev.muster.importer.ImportReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import tools.jackson.databind.JsonNode;

/** Conversations in a server of their own, and what led to their ends. */
final class Imported implements AutoCloseable {

    final ImportReport report;
    final List<JsonNode> events;
    private final TestServer server;
    private final HttpApi api;

    Imported(Path home, List<Path> files) {
        server = TestServer.startEmpty(home, "--muster.supervision=false");
        api = server.api();
        try (var recording = Conversations.read(files)) {
            report = recording.replay(
                    new BusSink(server.bean(CommandBus.class), server.bean(EventStore.class)), done -> {});
        }
        events = api.events("");
        var last = events.get(events.size() - 1).get("id").asString();
        api.await("/api/queries/find-causes?event=" + last, found -> true);
    }

    /** The turns that led to the failure of a run, by their numbers. */
    List<Integer> turnsThatLedToTheFailureOf(String run) {
        var failure = events.stream()
                .filter(event -> event.get("subject").asString().equals("task/" + run))
                .filter(event -> event.get("type").asString().equals("TaskFailed"))
                .findFirst()
                .orElseThrow();
        var answer = api.get(
                "/api/queries/find-causes?limit=500&event=" + failure.get("id").asString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("next")).isFalse();
        var turns = new TreeSet<Integer>();
        answer.body().get("items").forEach(item -> {
            var source = source(item.get("event"));
            var turn = source.substring(source.indexOf('#') + 1);
            if (turn.matches("\\d+")) {
                turns.add(Integer.valueOf(turn));
            }
        });
        return new ArrayList<>(turns);
    }

    /** Where the record says what an event tells: as the reason of what was caused by an event, else as the cause. */
    private static String source(JsonNode event) {
        return event.path("reason").asString(event.get("causationId").asString());
    }

    @Override
    public void close() {
        server.close();
    }
}
