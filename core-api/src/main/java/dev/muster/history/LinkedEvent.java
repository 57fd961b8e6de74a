package dev.muster.history;

import org.jspecify.annotations.Nullable;

/**
 * An event and what led to it.
 *
 * @param link why the other event is taken to have led to it; none if it is where something began
 * @param from the identifier of that other event
 */
public record LinkedEvent(
        HistoryEvent event, @Nullable Link link, @Nullable String from) {}
