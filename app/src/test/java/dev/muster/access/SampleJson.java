package dev.muster.access;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The least that a JSON Schema of the catalog takes. */
final class SampleJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SampleJson() {}

    static ObjectNode of(JsonNode schema) {
        var sample = JSON.objectNode();
        for (var required : schema.path("required")) {
            var field = required.stringValue();
            sample.set(field, value(field, schema.get("properties").get(field)));
        }
        return sample;
    }

    private static JsonNode value(String field, JsonNode schema) {
        if (schema.has("enum")) {
            return schema.get("enum").get(schema.get("enum").size() - 1);
        }
        return switch (schema.path("type").asString("object")) {
            case "string" -> JSON.stringNode(text(field, schema.path("format").asString("")));
            case "integer", "number" -> JSON.numberNode(1);
            case "boolean" -> JSON.booleanNode(true);
            case "array" -> JSON.arrayNode().add(value(field, schema.get("items")));
            default -> of(schema);
        };
    }

    private static String text(String field, String format) {
        return switch (format) {
            case "date-time" -> "2030-01-01T00:00:00Z";
            case "duration" -> "PT1S";
            default ->
                switch (field) {
                    case "entity" -> "task/nowhere";
                    case "event" -> "task/nowhere@0";
                    case "at", "from", "to" -> "version:0";
                    default -> "nowhere";
                };
        };
    }
}
