package dev.muster.view;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A view with a column of every type. */
record Item(
        String id,
        @Nullable String text,
        @Nullable Long number,
        @Nullable Instant time,
        boolean flag,
        Set<String> names,
        @Nullable JsonNode data) {

    static final ViewDefinition<Item> DEFINITION = ViewDefinition.of("item", 1, Item.class, Item::id)
            .text("text", Item::text)
            .number("number", Item::number)
            .time("time", Item::time)
            .flag("flag", Item::flag)
            .names("names", Item::names)
            .few("time", "flag")
            .orderBy("number");

    static Item of(String id) {
        return new Item(id, null, null, null, false, Set.of(), null);
    }

    Item text(String text) {
        return new Item(id, text, number, time, flag, names, data);
    }

    Item number(long number) {
        return new Item(id, text, number, time, flag, names, data);
    }

    Item time(Instant time) {
        return new Item(id, text, number, time, flag, names, data);
    }

    Item flagged() {
        return new Item(id, text, number, time, true, names, data);
    }

    Item names(String... names) {
        return new Item(id, text, number, time, flag, Set.of(names), data);
    }

    Item data(JsonNode data) {
        return new Item(id, text, number, time, flag, names, data);
    }

    static List<String> ids(List<Item> items) {
        return items.stream().map(Item::id).toList();
    }
}
