package dev.muster.history;

import dev.muster.evolution.EventPart;
import dev.muster.view.IndexOfTheLog;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands in the log, and what it can be found by. What it says is read from the log itself.
 *
 * @param event the identifier of the event; of the second part of a stored event it is {@code <id>~2}
 * @param cause what led to its command: the identifier of an event, or of a client's request
 * @param command the identifier of its command
 */
@View
@IndexOfTheLog
public record HistoryRow(
        long position,
        String event,
        String entity,
        long sequence,
        String type,
        String actor,
        @Nullable String correlationId,
        @Nullable String cause,
        @Nullable String command,
        Instant time) {

    /** So many as the greatest position has. */
    private static final int DIGITS = 19;

    /** By the position, padded so that keys are in the order of the log; parts of one stored event share it. */
    public static final ViewDefinition<HistoryRow> DEFINITION = ViewDefinition.of(
                    "history", 3, HistoryRow.class, HistoryRow::key)
            .number("position", HistoryRow::position)
            .text("event", HistoryRow::event)
            .text("entity", HistoryRow::entity)
            .text("version", row -> version(row.entity, row.sequence))
            .text("type", HistoryRow::type)
            .text("actor", HistoryRow::actor)
            .text("correlation", HistoryRow::correlationId)
            .text("cause", HistoryRow::cause)
            .text("command", HistoryRow::command)
            .time("time", HistoryRow::time)
            .orderBy("position");

    String key() {
        var digits = Long.toString(position);
        var padded = "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
        return new EventPart(padded, EventPart.parse(event).number()).identifier();
    }

    /** An entity at a version, as the answers to commands name it: {@code task/t-42@8}. */
    static String version(String entity, long sequence) {
        return entity + "@" + sequence;
    }
}
