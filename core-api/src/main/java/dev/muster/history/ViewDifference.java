package dev.muster.history;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How the views of one kind differ between two Worlds, or before and after an event.
 *
 * @param count how many differ in all
 * @param items as many as were asked for, by their keys
 */
public record ViewDifference(String view, long count, List<Item> items) {

    /**
     * How one differs.
     *
     * @param before the view in the first; left out where that is said not to be told
     * @param after the view in the second; left out where that is said not to be told
     * @param patch what turns the first into the second (RFC 6902), if it is in both
     */
    public record Item(
            String key,
            Kind kind,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable List<PatchStep> patch) {}

    /** In which way one differs. */
    public enum Kind {
        /** It is in the second only. */
        @JsonProperty("added")
        ADDED,
        /** It is in the first only. */
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("changed")
        CHANGED
    }
}
