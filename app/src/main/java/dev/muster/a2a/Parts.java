package dev.muster.a2a;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of messages and artifacts, made of what Muster keeps. */
final class Parts {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain";

    private Parts() {}

    static ArrayNode text(String text) {
        var parts = Json.array();
        parts.addObject().put("text", text).put("mediaType", TEXT);
        return parts;
    }

    /** A text stays a text. */
    static ArrayNode of(JsonNode value) {
        return add(Json.array(), value);
    }

    private static ArrayNode add(ArrayNode parts, JsonNode value) {
        if (value.isString()) {
            return parts.addAll(text(value.stringValue()));
        }
        var part = parts.addObject();
        part.set("data", value);
        part.put("mediaType", JSON);
        return parts;
    }

    /** A text and what goes with it; either may be missing, but not both. */
    static ArrayNode of(@Nullable String text, @Nullable JsonNode value) {
        var parts = text == null || text.isBlank() ? Json.array() : text(text);
        return value == null || value.isNull() || value.isMissingNode() ? parts : add(parts, value);
    }

    /** An artifact of Muster: what it is, and where it is to be found. */
    static ArrayNode ofArtifact(JsonNode artifact) {
        var parts = Json.array();
        var mediaType = artifact.path("mediaType").asString("");
        if (artifact.hasNonNull("data")) {
            add(parts, artifact.get("data"));
        }
        if (artifact.hasNonNull("uri")) {
            parts.addObject().put("url", artifact.get("uri").asString());
        }
        if (parts.isEmpty()) {
            add(parts, artifact.path("name"));
        } else if (!mediaType.isEmpty()) {
            parts.forEach(part -> ((ObjectNode) part).put("mediaType", mediaType));
        }
        return parts;
    }
}
