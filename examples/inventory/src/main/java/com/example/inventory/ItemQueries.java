package com.example.inventory;

import com.example.inventory.ItemQuery.CountItems;
import com.example.inventory.ItemQuery.FindItems;
import com.example.inventory.ItemQuery.GetItem;
import com.example.inventory.ItemQuery.ItemCount;
import dev.muster.message.Page;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.util.Objects;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Answers what can be asked about items. */
@Component
class ItemQueries {

    private final ViewStore<ItemView> items;

    ItemQueries(ViewStore<ItemView> items) {
        this.items = items;
    }

    @QueryHandler
    ItemView handle(GetItem query) {
        return items.get(query.itemId().value()).orElseThrow(() -> ItemRefusals.notFound(query.itemId()));
    }

    @QueryHandler
    Page<ItemView> handle(FindItems query) {
        return items.find(
                Selection.all().where("low", query.low()), Objects.requireNonNull(query.limit()), query.cursor());
    }

    @QueryHandler
    ItemCount handle(CountItems query) {
        return new ItemCount(
                items.count(Selection.all()), items.count(Selection.all().where("low", true)));
    }
}
