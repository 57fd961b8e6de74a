package dev.muster.history;

import java.util.List;

/**
 * What an event changed.
 *
 * @param views those of which it changed something, with each one before and after
 */
public record EventChanges(HistoryEvent event, List<ViewDifference> views) {}
