package com.example.inventory;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;

/** Why something asked of an item is refused: a stable code, what is wrong with which thing, and what to do. */
final class ItemRefusals {

    private ItemRefusals() {}

    static Refusal notFound(ItemId item) {
        return refusal(404, "item-not-found", "There is no such item", item, "is not known. Register it first.");
    }

    static Refusal exists(ItemId item) {
        return refusal(409, "item-exists", "The item is known already", item, "is known already.");
    }

    static Refusal notAvailable(ItemId item, int wanted, int available) {
        return refusal(
                409,
                "stock-not-available",
                "Not so many are available",
                item,
                "has " + available + " available, not " + wanted + ". Reserve fewer, or wait for the next count.");
    }

    static Refusal reserved(ItemId item, int held) {
        return refusal(
                409,
                "stock-reserved",
                "More are reserved than were counted",
                item,
                "has " + held + " reserved. Release some of them, or count again.");
    }

    static Refusal reservationExists(ItemId item, String reservation) {
        return refusal(
                409,
                "reservation-exists",
                "There is such a reservation already",
                item,
                "has a reservation " + reservation + " already. Choose another identifier.");
    }

    static Refusal noReservation(ItemId item, String reservation) {
        return refusal(
                409,
                "reservation-not-open",
                "There is no such reservation any more",
                item,
                "has no open reservation " + reservation + ": it was shipped or released, or never made.");
    }

    private static Refusal refusal(int status, String code, String title, ItemId item, String fault) {
        return new Refusal(new Problem(
                code, title, status, "The item " + item.value() + " " + fault, Map.of("itemId", item.value())));
    }
}
