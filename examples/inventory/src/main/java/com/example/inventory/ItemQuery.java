package com.example.inventory;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.OfEntity;
import dev.muster.message.Page;
import org.jspecify.annotations.Nullable;

/** What can be asked about items. */
public sealed interface ItemQuery {

    @Description("One item, with everything that is known about it")
    record GetItem(@OfEntity ItemId itemId) implements ItemQuery {
        public GetItem {
            Check.required("itemId", itemId);
        }
    }

    @Description("The items that fit, those of which the fewest are available first")
    record FindItems(
            @Description("Only those of which fewer are available than should be, or only the others") @Nullable
            Boolean low,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements ItemQuery {
        public FindItems {
            limit = Page.limit(limit);
        }
    }

    @Description("How many items there are, and of how many too few are available")
    record CountItems() implements ItemQuery {}

    /** How many items there are, and of how many too few are available. */
    record ItemCount(long items, long low) {}
}
