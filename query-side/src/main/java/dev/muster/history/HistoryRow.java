package dev.muster.history;

import dev.muster.view.ViewDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where an event stands in the log, and what it can be found by. What it says is read from the log itself. */
public record HistoryRow(
        long position,
        String entity,
        long sequence,
        String type,
        String actor,
        @Nullable String correlationId,
        Instant time) {

    /** By the position, padded so that keys are in the order of the log. */
    public static final ViewDefinition<HistoryRow> DEFINITION = ViewDefinition.of(
                    "history", 2, HistoryRow.class, row -> key(row.position))
            .number("position", HistoryRow::position)
            .text("entity", row -> row.entity)
            .number("sequence", HistoryRow::sequence)
            .text("type", HistoryRow::type)
            .text("actor", HistoryRow::actor)
            .text("correlation", HistoryRow::correlationId)
            .time("time", HistoryRow::time)
            .orderBy("position");

    static String key(long position) {
        return String.format("%019d", position);
    }
}
