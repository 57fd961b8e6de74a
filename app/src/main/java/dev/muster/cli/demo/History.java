package dev.muster.cli.demo;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What happened to one entity, as {@code GetHistory} answers it. */
record History(JsonNode answer) {

    List<JsonNode> events() {
        return answer.path("items").valueStream().toList();
    }

    List<String> types() {
        return events().stream().map(History::type).toList();
    }

    List<JsonNode> all(String type) {
        return events().stream().filter(event -> type(event).equals(type)).toList();
    }

    /** The first event of that type; a node without fields if there is none. */
    JsonNode first(String type) {
        return all(type).stream().findFirst().orElse(answer.path("none"));
    }

    /** Whose command the first event of that type came of. */
    String actor(String type) {
        return first(type).path("actor").asString("nobody");
    }

    private static String type(JsonNode event) {
        return event.path("type").asString("");
    }
}
