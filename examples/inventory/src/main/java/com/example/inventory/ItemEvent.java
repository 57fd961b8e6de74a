package com.example.inventory;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** What has happened to an item. */
public sealed interface ItemEvent {

    ItemId itemId();

    @Revision("1")
    record ItemRegistered(ItemId itemId, String name, int minimum) implements ItemEvent {}

    @Revision("1")
    record StockCounted(ItemId itemId, int onHand) implements ItemEvent {}

    /** What has happened to a reservation. */
    sealed interface OfReservation extends ItemEvent {

        String reservationId();

        /** By which the saga of a reservation is found, since its identifier is the item's alone. */
        default String reservation() {
            return itemId().value() + "/" + reservationId();
        }
    }

    @Revision("1")
    record StockReserved(ItemId itemId, String reservationId, int quantity, Instant until) implements OfReservation {}

    /** @param overdue whether its time was over */
    @Revision("1")
    record ReservationReleased(ItemId itemId, String reservationId, int quantity, boolean overdue)
            implements OfReservation {}

    @Revision("1")
    record ReservationShipped(ItemId itemId, String reservationId, int quantity) implements OfReservation {}
}
