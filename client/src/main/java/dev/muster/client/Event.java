package dev.muster.client;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event of the log.
 *
 * @param position where it stands
 * @param type its name: {@code TaskCompleted}
 * @param entity what it happened to: {@code task/t-42}
 * @param time when it happened
 * @param actor who did it
 * @param cloudEvent all of it, as a CloudEvent 1.0
 */
public record Event(
        long position, String id, String type, String entity, Instant time, String actor, JsonNode cloudEvent) {

    static Event of(JsonNode cloudEvent) {
        return new Event(
                cloudEvent.path("position").asLong(),
                cloudEvent.path("id").asString(),
                cloudEvent.path("type").asString(),
                cloudEvent.path("subject").asString(),
                Instant.parse(cloudEvent.path("time").asString()),
                cloudEvent.path("actor").asString(),
                cloudEvent);
    }

    /** What it says. */
    public JsonNode data() {
        return cloudEvent.path("data");
    }
}
