package dev.muster.history;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.InvalidField;
import dev.muster.message.Page;
import org.jspecify.annotations.Nullable;

/** What can be asked about the history, whatever the feature. */
public sealed interface HistoryQuery {

    /** How many characters an event is named with at most. */
    int MAX_EVENT = 300;

    /** The answer is a {@link Page} of {@link HistoryEvent}, in the order of the log. */
    @Description("What happened to one entity, event by event: what, when, by whom, and why")
    record GetHistory(
            @Description("The entity, as type and identifier: task/t-42")
            String entity,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements HistoryQuery {
        public GetHistory {
            checkEntity(entity);
            limit = Page.limit(limit);
        }
    }

    /** The answer is a {@link Page} of {@link LinkedEvent}: the event itself, then what led to it, back to the beginning. */
    @Description("What led to an event, step by step back to where it began, across entities and commands")
    record FindCauses(
            @Description("The event, by its identifier or as an entity at a version: task/t-42@8")
            String event,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements HistoryQuery {
        public FindCauses {
            Check.text("event", event, MAX_EVENT);
            limit = Page.limit(limit);
        }
    }

    /** The answer is {@link Effects}, in the order of the log. */
    @Description("What followed from an event, and from that in turn, across entities and commands")
    record FindEffects(
            @Description("The event, by its identifier or as an entity at a version: task/t-42@8")
            String event,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements HistoryQuery {
        public FindEffects {
            Check.text("event", event, MAX_EVENT);
            limit = Page.limit(limit);
        }
    }

    /** The answer is {@link EventChanges}. */
    @Description("What one event changed: each view that it touched, before and after")
    record GetEventChanges(
            @Description("The event, by its identifier or as an entity at a version: task/t-42@8")
            String event) implements HistoryQuery {
        public GetEventChanges {
            Check.text("event", event, MAX_EVENT);
        }
    }

    /** The answer is an {@link EntityState}. */
    @Description("The state that an entity had at a moment: what its own rules decide by")
    record GetState(
            @Description("The entity, as type and identifier: task/t-42")
            String entity,

            @Description("When: version:8, position:1200 or an instant; now if left out") @Nullable
            String at)
            implements HistoryQuery {
        public GetState {
            checkEntity(entity);
            Moment.of("at", at);
        }

        public Moment moment() {
            return Moment.of("at", at);
        }
    }

    /** The answer is a {@link StateChange}. */
    @Description("What changed in an entity's state between two moments, as a JSON patch")
    record CompareStates(
            @Description("The entity, as type and identifier: task/t-42")
            String entity,

            @Description("From when: version:3, position:1200 or an instant")
            String from,

            @Description("Until when: version:8, position:1300 or an instant; now if left out") @Nullable
            String to)
            implements HistoryQuery {
        public CompareStates {
            checkEntity(entity);
            Moment.of("from", Check.required("from", from));
            Moment.of("to", to);
        }

        public Moment first() {
            return Moment.of("from", from);
        }

        public Moment second() {
            return Moment.of("to", to);
        }
    }

    private static void checkEntity(String entity) {
        Check.required("entity", entity);
        if (entity.indexOf('/') <= 0 || entity.indexOf('/') == entity.length() - 1) {
            throw new InvalidField("entity", "must be a type and an identifier: task/t-42");
        }
    }
}
