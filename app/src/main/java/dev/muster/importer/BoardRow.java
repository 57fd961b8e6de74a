package dev.muster.importer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One row of a board's record.
 *
 * @param source file and line
 * @param at the time in UTC
 * @param before what the issue was before, where the row says it
 * @param value what is new, where it is an object
 * @param text what is new, where it is a text; or the comment
 */
record BoardRow(
        String source,
        Instant at,
        String type,
        String issue,
        String actor,
        @Nullable JsonNode before,
        @Nullable JsonNode value,
        @Nullable String text,
        @Nullable String oldText) {

    /** A field of what is new; empty if it is not there. */
    String field(String name) {
        return text(value, name);
    }

    boolean has(String name) {
        return value != null && value.has(name);
    }

    /** A field of what was before; empty if it is not there. */
    String fieldBefore(String name) {
        return text(before, name);
    }

    private static String text(@Nullable JsonNode node, String name) {
        if (node == null || !node.has(name) || node.get(name).isNull()) {
            return "";
        }
        var field = node.get(name);
        return field.isString() ? field.stringValue() : field.toString();
    }
}
