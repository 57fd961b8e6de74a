package dev.muster.history;

import dev.muster.history.HistoryQuery.CompareStates;
import dev.muster.history.HistoryQuery.GetState;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what state entities had, from their own events alone. */
public final class StateQueries {

    private final LogReader log;
    private final StateFold fold;

    public StateQueries(LogReader log, Aggregates aggregates) {
        this.log = log;
        this.fold = new StateFold(aggregates);
    }

    @QueryHandler
    public EntityState handle(GetState query) {
        return state(query.entity(), query.moment());
    }

    @QueryHandler
    public StateChange handle(CompareStates query) {
        var from = state(query.entity(), query.first());
        var to = state(query.entity(), query.second());
        return new StateChange(
                query.entity(), from.version(), to.version(), JsonDifference.between(from.state(), to.state()));
    }

    private EntityState state(String entity, Moment moment) {
        var until = until(moment);
        var events = new ArrayList<DomainEventMessage<?>>();
        try (var stream = log.ofEntity(entity)) {
            stream.takeWhile(until).forEach(event -> events.add((DomainEventMessage<?>) event));
        }
        if (events.isEmpty()) {
            throw notThere(entity, moment);
        }
        var last = events.get(events.size() - 1);
        if (moment instanceof Moment.Version asked && last.getSequenceNumber() < asked.version()) {
            throw notThatFar(entity, asked.version(), last.getSequenceNumber());
        }
        return new EntityState(
                entity,
                last.getSequenceNumber(),
                LogReader.position((TrackedEventMessage<?>) last),
                last.getTimestamp(),
                fold.fold(events).orElseThrow(() -> withoutAggregate(entity, events)));
    }

    private Predicate<TrackedEventMessage<?>> until(Moment moment) {
        if (moment instanceof Moment.Version version) {
            return event -> ((DomainEventMessage<?>) event).getSequenceNumber() <= version.version();
        }
        if (moment instanceof Moment.Position position) {
            return upTo(existing(position.position()));
        }
        return moment instanceof Moment.Time time ? upTo(log.positionAsOf(time.time())) : event -> true;
    }

    private static Predicate<TrackedEventMessage<?>> upTo(long position) {
        return event -> LogReader.position(event) <= position;
    }

    private long existing(long position) {
        var head = log.head();
        if (position >= head) {
            throw new Refusal(new Problem(
                    "position-not-reached",
                    "The log does not go as far",
                    422,
                    "There is no position " + position + ": the log has " + head + " events, and the first one has the "
                            + "position 0.",
                    Map.of("position", position, "head", head)));
        }
        return position;
    }

    private static Refusal notThere(String entity, Moment moment) {
        return new Refusal(new Problem(
                "entity-not-found",
                "There is no such entity",
                404,
                "Nothing has happened to " + entity + (moment instanceof Moment.Now ? "" : " until then")
                        + ". Name it as type and identifier, as in task/t-42.",
                Map.of("entity", entity)));
    }

    private static Refusal notThatFar(String entity, long asked, long last) {
        return new Refusal(new Problem(
                "version-not-found",
                "The entity has no such version",
                404,
                entity + " has no version " + asked + ": its last one is " + last + ", and its first 0.",
                Map.of("entity", entity, "lastVersion", last)));
    }

    private static Refusal withoutAggregate(String entity, List<DomainEventMessage<?>> events) {
        var type = events.get(0).getType();
        return new Refusal(new Problem(
                "state-unknown",
                "The entity's state is not known here",
                422,
                "There is no aggregate of the type " + type + " in this application, so the state of " + entity
                        + " can't be told. What happened to it can: ask get-history.",
                Map.of("entity", entity)));
    }
}
