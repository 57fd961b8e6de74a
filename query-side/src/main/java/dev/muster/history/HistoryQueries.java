package dev.muster.history;

import dev.muster.history.HistoryQuery.FindCauses;
import dev.muster.history.HistoryQuery.FindEffects;
import dev.muster.history.HistoryQuery.GetHistory;
import dev.muster.message.InvalidField;
import dev.muster.message.Page;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;

/** Answers what can be asked about the history. */
public final class HistoryQueries {

    private final LogReader log;

    public HistoryQueries(LogReader log) {
        this.log = log;
    }

    @QueryHandler
    public Page<HistoryEvent> handle(GetHistory query) {
        var after = position(query.cursor());
        var page = log.read(new EventFilter(query.entity(), null, null, null), after, query.limit());
        if (page.items().isEmpty() && after < 0) {
            throw new Refusal(new Problem(
                    "entity-not-found",
                    "There is no such entity",
                    404,
                    "Nothing has happened to " + query.entity() + ". Name it as type and identifier, as in task/t-42.",
                    Map.of("entity", query.entity())));
        }
        return page;
    }

    @QueryHandler
    public Page<LinkedEvent> handle(FindCauses query) {
        var asked = event(query.event());
        var from = query.cursor() == null ? asked : log.row(query.cursor()).orElseThrow(HistoryQueries::notACursor);
        return new Causality(log, Effects.MOST).causes(from, query.limit());
    }

    @QueryHandler
    public Effects handle(FindEffects query) {
        if (query.cursor() != null && !query.cursor().matches("\\d{19}(~.{1,40})?")) {
            throw notACursor();
        }
        return new Causality(log, Effects.MOST).effects(event(query.event()), query.limit(), query.cursor());
    }

    private HistoryRow event(String event) {
        return log.row(event)
                .orElseThrow(() -> new Refusal(new Problem(
                        "event-not-found",
                        "There is no such event",
                        404,
                        "The views know of no event " + event + ". Name it by its identifier, or as an entity at a "
                                + "version, as in task/t-42@8; of what was just done ask with after=<seen>.",
                        Map.of("event", event))));
    }

    private static InvalidField notACursor() {
        return new InvalidField("cursor", "must be the next of an earlier page of the same question");
    }

    private static long position(@Nullable String cursor) {
        try {
            return cursor == null ? -1 : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw notACursor();
        }
    }
}
