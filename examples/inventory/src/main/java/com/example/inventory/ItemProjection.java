package com.example.inventory;

import com.example.inventory.ItemEvent.ItemRegistered;
import com.example.inventory.ItemEvent.ReservationReleased;
import com.example.inventory.ItemEvent.ReservationShipped;
import com.example.inventory.ItemEvent.StockCounted;
import com.example.inventory.ItemEvent.StockReserved;
import com.example.inventory.ItemView.Reservation;
import dev.muster.view.ViewStore;
import java.time.Instant;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** Folds what happens to items into views of them. */
@Component
class ItemProjection {

    private final ViewStore<ItemView> items;

    ItemProjection(ViewStore<ItemView> items) {
        this.items = items;
    }

    @EventHandler
    void on(ItemRegistered event, @Timestamp Instant at) {
        items.put(ItemView.registered(event.itemId(), event.name(), event.minimum(), at));
    }

    @EventHandler
    void on(StockCounted event, @Timestamp Instant at) {
        items.update(event.itemId().value(), item -> item.counted(event.onHand(), at));
    }

    @EventHandler
    void on(StockReserved event, @Timestamp Instant at) {
        var reservation = new Reservation(event.quantity(), event.until());
        items.update(event.itemId().value(), item -> item.reserved(event.reservationId(), reservation, at));
    }

    @EventHandler
    void on(ReservationReleased event, @Timestamp Instant at) {
        items.update(event.itemId().value(), item -> item.released(event.reservationId(), at));
    }

    @EventHandler
    void on(ReservationShipped event, @Timestamp Instant at) {
        items.update(event.itemId().value(), item -> item.shipped(event.reservationId(), event.quantity(), at));
    }
}
