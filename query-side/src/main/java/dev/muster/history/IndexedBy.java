package dev.muster.history;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** By what events are found in the index of the log; that by which the fewest are found comes first. */
public enum IndexedBy {
    /** The identifier of the event. */
    EVENT(HistoryRow::event),
    /** An entity at a version, as in {@code task/t-42@8}. */
    VERSION(row -> HistoryRow.version(row.entity(), row.sequence())),
    /** The identifier of the command. */
    COMMAND(HistoryRow::command),
    /** What led to the command: the identifier of an event, or of a client's request. */
    CAUSE(HistoryRow::cause),
    /** An entity, as in {@code task/t-42}. */
    ENTITY(HistoryRow::entity),
    CORRELATION(HistoryRow::correlationId),
    ACTOR(HistoryRow::actor),
    /** The stored name of the event. */
    TYPE(HistoryRow::type);

    private final Function<HistoryRow, @Nullable String> value;

    IndexedBy(Function<HistoryRow, @Nullable String> value) {
        this.value = value;
    }

    /** What an event is found by; none if it has nothing of that kind. */
    public @Nullable String of(HistoryRow row) {
        return value.apply(row);
    }
}
