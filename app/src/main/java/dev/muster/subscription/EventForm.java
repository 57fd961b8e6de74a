package dev.muster.subscription;

import dev.muster.history.HistoryEvent;

/** How an event is written for those outside. */
public interface EventForm {

    /** A structured CloudEvent, JSON. */
    byte[] of(HistoryEvent event);
}
