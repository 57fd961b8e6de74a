package dev.muster.history;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;

/** Folds every event, of whatever feature, into the index of the log. It is live only, as that index is. */
@ProcessingGroup("history")
public final class HistoryProjection {

    private final LogIndex index;

    public HistoryProjection(LogIndex index) {
        this.index = index;
    }

    @EventHandler
    void on(Object event, EventMessage<?> message, TrackingToken token) {
        index.put(HistoryRow.of(message, token));
    }
}
