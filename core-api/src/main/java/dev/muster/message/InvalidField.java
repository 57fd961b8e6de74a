package dev.muster.message;

import java.util.List;
import java.util.Map;

/** A field whose value is not of the shape that its message asks for; edges answer with status 400. */
public final class InvalidField extends Refusal {

    public InvalidField(String field, String fault) {
        super(new Problem(
                "invalid-field",
                "A field is not valid",
                400,
                field + " " + fault + ".",
                Map.of("fields", List.of(Map.of("field", field, "fault", fault)))));
    }
}
