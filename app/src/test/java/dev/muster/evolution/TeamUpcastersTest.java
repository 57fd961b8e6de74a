package dev.muster.evolution;

import static dev.muster.evolution.EventForm.event;
import static dev.muster.evolution.Reading.as;
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
import java.util.Set;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A team changes its own events as Muster does: by declaring a bean. */
class TeamUpcastersTest {

    @Revision("2")
    record ItemCounted(String item, int count) {}

    static final class Counts {
        @EventHandler
        void on(ItemCounted event) {
            // That it is handled makes the event known.
        }
    }

    @Configuration
    static class Inventory {

        @Bean
        Counts counts() {
            return new Counts();
        }

        @Bean
        EventUpcaster inventoryUpcasters() {
            return EventUpcasters.of(
                    event("ItemCounted", "1").becomes(as("ItemCounted", "2").rename("amount", "count")),
                    event("ItemNoticed", "1").isDropped());
        }
    }

    private static StoredEvent stored(long sequence, String name, String json) {
        return new StoredEvent(
                sequence,
                "e" + sequence,
                Instant.EPOCH,
                "item",
                "item/bolt",
                sequence,
                name,
                "1",
                json.getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_bean_of_a_team_is_joined_with_what_muster_declares(@TempDir Path home) {
        var serializer = EventSerializer.of(MessageNames.of(Set.of()));
        try (var engine = RocksEventStorageEngine.builder(home.resolve("log"), serializer, serializer)
                .build()) {
            engine.appendStored(List.of(
                    stored(0, "ItemCounted", "{\"item\":\"bolt\",\"amount\":7}"),
                    stored(1, "ItemNoticed", "{}"),
                    stored(2, "ItemCounted", "{\"item\":\"bolt\",\"amount\":8}")));
        }

        try (var server = TestServer.startWith(Inventory.class, home, "--muster.supervision=false")) {
            var events = server.api().events("");

            assertThat(events)
                    .extracting(event -> event.get("position").asInt())
                    .containsExactly(0, 2);
            assertThat(events)
                    .extracting(event -> event.at("/data/count").asInt())
                    .containsExactly(7, 8);
        }
    }
}
