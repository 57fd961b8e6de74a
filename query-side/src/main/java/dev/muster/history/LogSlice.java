package dev.muster.history;

import java.util.List;

/**
 * Events of a piece of the log.
 *
 * @param reached the position up to which every event was looked at, whole; where the slice began if there was none
 */
public record LogSlice(List<HistoryEvent> events, long reached) {}
