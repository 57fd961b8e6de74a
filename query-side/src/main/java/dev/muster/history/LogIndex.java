package dev.muster.history;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * The index of the log: where events stand, by what they can be found by. It is folded with the views, in the order of the
 * log, and shows no event that they have not folded. It is no view: a World reads it as far as it has come itself, it has no digest, and
 * whether a projection fails on an event changes nothing about where that stands. Reading is thread-safe; one thread writes.
 */
public interface LogIndex {

    /**
     * Adds an event behind those that are there; one that is there already changes nothing. In a unit of work it is added when
     * that is about to commit. All parts of a split event are added in one.
     */
    void put(HistoryRow row);

    /**
     * The first events that fit, in the order of the log.
     *
     * @param limit how many at most, from 1, and the parts that belong to the last one, which share its position
     */
    List<HistoryRow> find(IndexSearch search, int limit);

    /** The position of the first event in the log that is later than that moment, by whole milliseconds. */
    OptionalLong firstLaterThan(Instant moment);
}
