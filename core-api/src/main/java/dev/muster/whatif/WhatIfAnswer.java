package dev.muster.whatif;

import dev.muster.history.HistoryEvent;
import dev.muster.history.ViewDifference;
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
 * @param differences to the real World at that position, view by view; views without any are left out, and a whole view is
 *     told only where the real World has none
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
}
