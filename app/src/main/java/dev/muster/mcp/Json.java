package dev.muster.mcp;

import dev.muster.message.JsonMappers;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as this edge reads and writes it: as all edges do. */
final class Json {

    static final JsonMapper MAPPER = JsonMappers.edges();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode tree(Map<String, ?> fields) {
        return MAPPER.valueToTree(fields);
    }

    static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    static String text(JsonNode json) {
        return MAPPER.writeValueAsString(json);
    }

    /** @throws RpcError if it is not there, or no text */
    static String required(ObjectNode params, String field) {
        return optional(params, field).orElseThrow(() -> RpcError.invalidParams("params." + field + " is required."));
    }

    /** @throws RpcError if it is no text */
    static Optional<String> optional(ObjectNode params, String field) {
        var value = params.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw RpcError.invalidParams("params." + field + " must be a text.");
        }
        return Optional.of(value.stringValue());
    }

    /** The object of that name, a copy; an empty one if it is left out. */
    static ObjectNode objectIn(ObjectNode params, String field) {
        var value = params.get(field);
        if (value == null || value.isNull()) {
            return object();
        }
        if (value instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw RpcError.invalidParams("params." + field + " must be an object.");
    }
}
