package dev.muster.world;

import dev.muster.history.EventChanges;
import dev.muster.history.HistoryQuery.GetEventChanges;
import dev.muster.history.LogReader;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what can be asked of the Worlds before and after an event. */
public final class WorldQueries {

    /** How many changes of one kind of views are told; an event that changes more is not known. */
    private static final int LIMIT = 10_000;

    private final Domain domain;
    private final Worlds worlds;
    private final LogReader log;

    public WorldQueries(Domain domain, Worlds worlds, LogReader log) {
        this.domain = domain;
        this.worlds = worlds;
        this.log = log;
    }

    @QueryHandler
    public EventChanges handle(GetEventChanges query) throws Exception {
        var event = log.find(query.event())
                .orElseThrow(() -> new Refusal(new Problem(
                        "event-not-found",
                        "There is no such event",
                        404,
                        "The views know of no event " + query.event() + ". Name it by its identifier, or as an entity"
                                + " at a version, as in task/t-42@8.",
                        Map.of("event", query.event()))));
        return Detached.call(() -> {
            var before = worlds.before(event);
            var after = before.fork();
            worlds.fold(after, event);
            return new EventChanges(event, WorldDifference.whole(LIMIT).between(domain.views(), before, after));
        });
    }
}
