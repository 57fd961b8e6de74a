package dev.muster.message;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Free JSON in the fields of messages: an input, a result, an artifact's data. */
public final class Json {

    /** How many characters one such field has at most, written as JSON. */
    public static final int MAX_LENGTH = 65_536;

    private Json() {}

    /** The value, none for null; it has at most {@value #MAX_LENGTH} characters. */
    public static @Nullable JsonNode check(String field, @Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        var length = value.toString().length();
        if (length > MAX_LENGTH) {
            throw new InvalidField(field, "must have at most " + MAX_LENGTH + " characters as JSON, but has " + length);
        }
        return value;
    }
}
