package dev.muster.a2a;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that a client sent. What it has beyond what is asked for is passed over, as A2A wants it; what is of another type
 * than asked for is refused.
 *
 * @param path where it stands, with a dot behind it, or nothing
 */
record Params(ObjectNode json, String path) {

    /** A text; none if it is left out or empty, which is the same in A2A. */
    Optional<String> text(String field) {
        return value(field)
                .map(value -> {
                    if (!value.isString()) {
                        throw A2aError.invalid(path + field, "must be a text");
                    }
                    return value.stringValue();
                })
                .filter(value -> !value.isEmpty());
    }

    /** A text of at most so many characters that must be there. */
    String required(String field, int max) {
        return bounded(field, max).orElseThrow(() -> A2aError.invalid(path + field, "is required"));
    }

    /** A text of at most so many characters, not blank. */
    Optional<String> bounded(String field, int max) {
        var text = text(field);
        text.ifPresent(value -> {
            if (value.isBlank()) {
                throw A2aError.invalid(path + field, "must not be blank");
            }
            if (value.length() > max) {
                throw A2aError.invalid(path + field, "must have at most " + max + " characters");
            }
        });
        return text;
    }

    OptionalInt number(String field, int min, int max) {
        var value = value(field);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        var number = value.get();
        if (!number.isIntegralNumber() || !number.canConvertToInt()) {
            throw A2aError.invalid(path + field, "must be a whole number");
        }
        if (number.intValue() < min || number.intValue() > max) {
            throw A2aError.invalid(
                    path + field,
                    max == Integer.MAX_VALUE ? "must be at least " + min : "must be from " + min + " to " + max);
        }
        return OptionalInt.of(number.intValue());
    }

    boolean flag(String field) {
        return value(field)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw A2aError.invalid(path + field, "must be true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    Optional<Instant> instant(String field) {
        return text(field).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw A2aError.invalid(path + field, "must be a timestamp as in 2026-03-01T10:00:00.000Z");
            }
        });
    }

    Optional<Params> object(String field) {
        return value(field).map(value -> {
            if (!(value instanceof ObjectNode object)) {
                throw A2aError.invalid(path + field, "must be an object");
            }
            return new Params(object, path + field + ".");
        });
    }

    List<Params> objects(String field) {
        var value = value(field);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof ArrayNode list)) {
            throw A2aError.invalid(path + field, "must be a list");
        }
        var objects = new ArrayList<Params>();
        for (var i = 0; i < list.size(); i++) {
            var at = path + field + "[" + i + "]";
            if (!(list.get(i) instanceof ObjectNode object)) {
                throw A2aError.invalid(at, "must be an object");
            }
            objects.add(new Params(object, at + "."));
        }
        return objects;
    }

    Optional<JsonNode> value(String field) {
        return Optional.ofNullable(json.get(field)).filter(value -> !value.isNull());
    }
}
