package dev.muster.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.message.EventSerializer;
import dev.muster.message.MessageNames;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that a later version has written to is not read in part. */
class UnknownRevisionTest {

    @Test
    void an_event_of_a_later_revision_stops_whoever_reads_it_and_is_named(@TempDir Path home) {
        var serializer = EventSerializer.of(MessageNames.of(Set.of()));
        try (var engine = RocksEventStorageEngine.builder(home.resolve("log"), serializer, serializer)
                .build()) {
            engine.appendStored(List.of(new StoredEvent(
                    0,
                    "e0",
                    Instant.parse("2026-01-01T00:00:00Z"),
                    "agent",
                    "agent/ada",
                    0,
                    "AgentRegistered",
                    "99",
                    "{\"agentId\":\"ada\"}".getBytes(StandardCharsets.UTF_8),
                    "{}".getBytes(StandardCharsets.UTF_8))));
        }

        try (var server = TestServer.start(home, "--muster.supervision=false")) {
            var api = server.api();

            var events = api.get("/api/events");
            assertThat(events.problem()).isEqualTo("event-revision-unknown");
            assertThat(events.body().get("detail").asString())
                    .contains(
                            "AgentRegistered of agent/ada at version 0", "position 0", "revision 99", "later version");

            assertThat(api.command("change-limit", "anonymous", Map.of("agentId", "ada", "maxConcurrentTasks", 1))
                            .problem())
                    .isEqualTo("event-revision-unknown");

            assertThat(api.events("&form=stored")).hasSize(1);
        }
    }
}
