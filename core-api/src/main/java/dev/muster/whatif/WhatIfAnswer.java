package dev.muster.whatif;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.history.HistoryEvent;
import dev.muster.history.PatchStep;
import dev.muster.message.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What would have been.
 *
 * @param position the last event of the real history that counts; -1 for none
 * @param time what the clock said in the end
 * @param leftOut how many events were left out because that was asked for
 * @param impossible the events that could not have happened then, which are left out as well, in the order of the log
 * @param commands what became of each command, in the order in which they were given
 * @param events what came of it: the events of these commands, and of what followed from them
 * @param differences to the real World at that position, view by view; views without any are left out
 */
public record WhatIfAnswer(
        long position,
        Instant time,
        long leftOut,
        List<Impossible> impossible,
        List<Tried> commands,
        List<HistoryEvent> events,
        List<ViewDifference> differences) {

    /** An event that could not have happened, and why. */
    public record Impossible(String id, long position, String entity, String type, String why) {}

    /**
     * What became of a command.
     *
     * @param at what the clock said
     * @param refusal why it was refused; none if it was accepted
     * @param events the identifiers of its events
     */
    public record Tried(
            String command,
            String actor,
            Instant at,
            boolean accepted,
            @Nullable Long version,
            @Nullable JsonNode result,
            @Nullable Problem refusal,
            List<String> events) {}

    /**
     * How a view differs.
     *
     * @param count how many differ in all
     * @param items as many as were asked for, by their keys
     */
    public record ViewDifference(String view, long count, List<Difference> items) {}

    /**
     * How one differs.
     *
     * @param here what is there instead, if it is nowhere in the real World
     * @param patch what turns the real one into this one (RFC 6902), if both are there
     */
    public record Difference(
            String key,
            Kind kind,
            @Nullable JsonNode here,
            @Nullable List<PatchStep> patch) {}

    /** In which way a view differs from the real one. */
    public enum Kind {
        /** It is in this World only. */
        @JsonProperty("added")
        ADDED,
        /** It is in the real World only. */
        @JsonProperty("missing")
        MISSING,
        @JsonProperty("changed")
        CHANGED
    }
}
