package dev.muster.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** The rows in a list, which is looked through. What is put counts at once. */
public final class InMemoryLogIndex implements LogIndex {

    private static final Comparator<HistoryRow> IN_THE_ORDER_OF_THE_LOG =
            Comparator.comparingLong(HistoryRow::position).thenComparingInt(HistoryRow::part);

    private final List<HistoryRow> rows = new ArrayList<>();

    @Override
    public void put(HistoryRow row) {
        rows.add(row);
        rows.sort(IN_THE_ORDER_OF_THE_LOG);
    }

    @Override
    public List<HistoryRow> find(IndexSearch search, int limit) {
        var fitting = rows.stream().filter(search::matches).toList();
        if (fitting.size() <= limit) {
            return fitting;
        }
        var last = fitting.get(limit - 1).position();
        return fitting.stream().takeWhile(row -> row.position() <= last).toList();
    }

    @Override
    public OptionalLong firstLaterThan(Instant moment) {
        return rows.stream()
                .filter(row -> row.time().toEpochMilli() > moment.toEpochMilli())
                .mapToLong(HistoryRow::position)
                .findFirst();
    }
}
