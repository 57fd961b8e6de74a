package dev.muster.history;

import dev.muster.message.Actor;
import dev.muster.message.EventContent;
import dev.muster.message.MetaKeys;
import dev.muster.view.IndexOfTheLog;
import dev.muster.view.ViewStore;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;

/** Folds every event, of whatever feature, into the index of the log. */
@IndexOfTheLog
@ProcessingGroup("history")
public final class HistoryProjection {

    private final ViewStore<HistoryRow> history;

    public HistoryProjection(ViewStore<HistoryRow> history) {
        this.history = history;
    }

    @EventHandler
    void on(Object event, EventMessage<?> message, TrackingToken token) {
        var domain = message instanceof DomainEventMessage<?> known ? known : null;
        history.put(new HistoryRow(
                token.position().orElseThrow(() -> new IllegalStateException("The log has no positions: " + token)),
                message.getIdentifier(),
                domain == null ? message.getIdentifier() : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                EventContent.nameOf(message),
                Actor.of((String) message.getMetaData().get(MetaKeys.ACTOR)).name(),
                (String) message.getMetaData().get(MetaKeys.CORRELATION_ID),
                (String) message.getMetaData().get(MetaKeys.CAUSATION_ID),
                (String) message.getMetaData().get(MetaKeys.COMMAND_ID),
                message.getTimestamp()));
    }
}
