package dev.muster.subscription;

import dev.muster.history.HistoryEvent;
import java.time.Instant;

/** An event that a subscription looks after. What it says is read from the log when it is delivered. */
final class WindowEvent {

    enum State {
        /** To be delivered, not before {@link #time}. */
        WAITING,
        /** Delivered to {@link #member}, who has until {@link #time}. */
        IN_FLIGHT,
        /** Delivered as often as it may be; that it is parked is not recorded yet. */
        PARKING,
        /** Acknowledged, parked, or discarded. */
        DONE
    }

    final DeliveryId id;
    final String event;
    final String entity;
    final String type;
    State state = State.WAITING;
    int tries;
    String member = "";
    String error = "";
    Instant time = Instant.MIN;

    WindowEvent(HistoryEvent event) {
        this.id = DeliveryId.of(event.position(), event.id());
        this.event = event.id();
        this.entity = event.entity();
        this.type = event.type();
    }

    ParkedDelivery parked() {
        return new ParkedDelivery(id.toString(), event, entity, type, tries, error);
    }
}
