package dev.muster.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** Says in a client's words what a field should have been; the names of classes are no help to anybody outside. */
final class ExpectedValue {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExpectedValue() {}

    /** What is wrong with the value that could not be read. */
    static String fault(DatabindException failure) {
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            var value = failure instanceof InvalidFormatException format ? ", but is " + format.getValue() : "";
            return "must be " + words(mismatch.getTargetType()) + value;
        }
        return "is not valid";
    }

    private static String words(Class<?> type) {
        // Identifiers are records that are written as their one value.
        if (type == String.class || (type.isRecord() && type.getRecordComponents().length == 1)) {
            return "a text";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Instant.class) {
            return "an instant as in 2026-03-01T10:00:00Z";
        }
        if (type == Duration.class) {
            return "a duration as in PT5M";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> JSON.valueToTree(constant).asString())
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
