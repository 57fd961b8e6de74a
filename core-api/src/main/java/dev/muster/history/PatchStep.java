package dev.muster.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An operation of a JSON patch (RFC 6902).
 *
 * @param path a JSON pointer (RFC 6901)
 * @param value what is there then; none if it is removed
 */
public record PatchStep(Op op, String path, @Nullable JsonNode value) {

    /** What is done. */
    public enum Op {
        @JsonProperty("add")
        ADD,
        @JsonProperty("remove")
        REMOVE,
        @JsonProperty("replace")
        REPLACE
    }
}
