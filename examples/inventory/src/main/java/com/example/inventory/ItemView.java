package com.example.inventory;

import dev.muster.message.Description;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An item, as it is shown. Immutable: what changes it gives a changed copy. */
@View
public record ItemView(
        ItemId itemId,
        String name,
        @Description("How many should always be available") int minimum,
        @Description("How many are there, reserved or not") int onHand,
        @Description("How many can be reserved") int available,

        @Description("Whether fewer are available than should be")
        boolean low,

        @Description("What is set aside, and how long it is held")
        Map<String, Reservation> reservations,

        Instant changedAt) {

    /** To be raised in its revision when the projection changes what it writes: then the views are folded again. */
    static final ViewDefinition<ItemView> DEFINITION = ViewDefinition.of(
                    "items", 1, ItemView.class, item -> item.itemId().value())
            .flag("low", ItemView::low)
            .number("available", item -> (long) item.available())
            .orderBy("available");

    /** What was set aside. */
    public record Reservation(int quantity, Instant until) {}

    static ItemView registered(ItemId item, String name, int minimum, Instant at) {
        return new ItemView(item, name, minimum, 0, 0, minimum > 0, Map.of(), at);
    }

    ItemView counted(int counted, Instant at) {
        return with(counted, reservations, at);
    }

    ItemView reserved(String id, Reservation reservation, Instant at) {
        var all = new LinkedHashMap<>(reservations);
        all.put(id, reservation);
        return with(onHand, all, at);
    }

    ItemView released(String id, Instant at) {
        return with(onHand, without(id), at);
    }

    ItemView shipped(String id, int quantity, Instant at) {
        return with(onHand - quantity, without(id), at);
    }

    private Map<String, Reservation> without(String id) {
        var all = new LinkedHashMap<>(reservations);
        all.remove(id);
        return all;
    }

    private ItemView with(int there, Map<String, Reservation> held, Instant at) {
        var free =
                there - held.values().stream().mapToInt(Reservation::quantity).sum();
        return new ItemView(itemId, name, minimum, there, free, free < minimum, held, at);
    }
}
