package dev.muster.history;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.InvalidField;
import dev.muster.message.Page;
import org.jspecify.annotations.Nullable;

/** What can be asked about the history, whatever the feature. */
public sealed interface HistoryQuery {

    /** The answer is a {@link Page} of {@link HistoryEvent}, in the order of the log. */
    @Description("What happened to one entity, in order")
    record GetHistory(
            @Description("The entity, as type and identifier: task/t-42")
            String entity,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements HistoryQuery {
        public GetHistory {
            Check.required("entity", entity);
            if (entity.indexOf('/') <= 0 || entity.indexOf('/') == entity.length() - 1) {
                throw new InvalidField("entity", "must be a type and an identifier: task/t-42");
            }
            limit = Page.limit(limit);
        }
    }
}
