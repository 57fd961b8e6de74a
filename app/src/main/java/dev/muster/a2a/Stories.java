package dev.muster.a2a;

import dev.muster.history.EventFilter;
import dev.muster.history.HistoryEvent;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogPoint;
import dev.muster.history.LogReader;
import dev.muster.message.Page;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Folds tasks and missions of the log, which is never behind what was acknowledged, up to now or up to a cursor. */
@Component
class Stories {

    private final LogReader log;
    private final LogOrigin origin;

    Stories(LogReader log, LogOrigin origin) {
        this.log = log;
        this.origin = origin;
    }

    /** @throws A2aError if there is none of that identifier */
    Story get(String id) {
        return WorkId.parse(id).flatMap(this::find).orElseThrow(() -> A2aError.taskNotFound(id));
    }

    Optional<Story> find(WorkId id) {
        return find(id, Cursor.END);
    }

    /**
     * As it was when a client had been told that much; as it began where that is before it began.
     *
     * @throws A2aError if the log has not got there
     */
    Optional<Story> asOf(WorkId id, Cursor told) {
        if (told.position() >= origin.head()) {
            throw A2aError.invalid(Extensions.POSITION, "is beyond the end of the log; leave it out");
        }
        return find(id, told);
    }

    private Optional<Story> find(WorkId id, Cursor upTo) {
        var fold = new Fold(id, upTo);
        var after = -1L;
        while (true) {
            var page = log.read(filter(id), after, Page.MAX_LIMIT);
            page.items().forEach(fold::add);
            if (page.next() == null) {
                return fold.end();
            }
            after = Long.parseLong(page.next());
        }
    }

    private static EventFilter filter(WorkId id) {
        return new EventFilter(id.entity(), null, null, null);
    }

    /** A step belongs to where its mission does: whoever ended the step before has led to it, in a context of its own. */
    private String contextId(WorkId id, HistoryEvent first) {
        if (!id.isMission() && first.data().hasNonNull("missionId")) {
            var mission = WorkId.ofMission(first.data().get("missionId").asString());
            return log.read(filter(mission), -1, 1).items().stream()
                    .map(planned -> Causes.contextId(planned, mission))
                    .findFirst()
                    .orElse(mission.toString());
        }
        return Causes.contextId(first, id);
    }

    /** Folds what stands in the log, counting the changes of what shares a position. */
    private final class Fold {

        private final WorkId id;
        private final Cursor upTo;
        private @Nullable Story story;
        private long position = -1;
        private int change;

        Fold(WorkId id, Cursor upTo) {
            this.id = id;
            this.upTo = upTo;
        }

        void add(HistoryEvent event) {
            if (story == null) {
                story = new Story(id, contextId(id, event));
                story.reach(Cursor.whole(event.position()));
                Reading.changes(event).forEach(first -> apply(event, first, Cursor.END));
            } else {
                Reading.changes(event).forEach(next -> apply(event, next, upTo));
            }
        }

        private void apply(HistoryEvent event, Change next, Cursor limit) {
            change = event.position() == position ? change + 1 : 1;
            position = event.position();
            if (story != null && limit.covers(position, change)) {
                story.apply(next, new Cursor(position, change));
            }
        }

        Optional<Story> end() {
            if (story != null && !(upTo.position() == story.reached().position() && upTo.changes() > 0)) {
                story.reach(Cursor.whole(story.reached().position()));
            }
            return Optional.ofNullable(story);
        }
    }

    /** Somebody who follows a story. */
    interface Listener {

        /** How long to wait for what comes next; null once it has enough. */
        @Nullable
        Duration patience(Story story);

        /** Told of a change, with the story as it is with it. */
        void changed(Story story, Change change);

        /** Told that nothing has come for as long as it would wait. */
        void idle();
    }

    /**
     * Tells of each change that comes after what the story has reached, until the listener has enough; of one event it is told
     * whole. What stands in the log already is read by the entity, so that the log of everybody is followed from its end only.
     */
    void follow(Story story, Listener listener) throws InterruptedException {
        var teller = new Teller(story, listener);
        var end = origin.head() - 1;
        var page = log.read(filter(story.id()), story.reached().before(), Page.MAX_LIMIT);
        while (teller.tell(page) && page.next() != null) {
            page = log.read(filter(story.id()), Long.parseLong(page.next()), Page.MAX_LIMIT);
        }
        try (var following = log.follow(filter(story.id()), new LogPoint(Math.max(end, teller.position), 0))) {
            for (var patience = listener.patience(story); patience != null; patience = listener.patience(story)) {
                var next = following.next(patience);
                if (next.isPresent()) {
                    teller.tell(next.get(), following.reached().part() == 0);
                } else {
                    listener.idle();
                }
            }
        }
    }

    /** Counts the changes of what shares a position, and passes over those that were told before. */
    private static final class Teller {

        private final Story story;
        private final Listener listener;
        private final Cursor told;
        private long position;
        private int change;

        Teller(Story story, Listener listener) {
            this.story = story;
            this.listener = listener;
            this.told = story.reached();
            this.position = told.position();
        }

        /** Whether the listener wants more. */
        boolean tell(Page<HistoryEvent> page) {
            var events = page.items();
            for (var i = 0; i < events.size() && listener.patience(story) != null; i++) {
                var last = i == events.size() - 1
                        || events.get(i + 1).position() != events.get(i).position();
                tell(events.get(i), last);
            }
            return listener.patience(story) != null;
        }

        /** @param last whether nothing else shares its position */
        void tell(HistoryEvent event, boolean last) {
            change = event.position() == position ? change : 0;
            position = event.position();
            var changes = Reading.changes(event);
            for (var i = 0; i < changes.size(); i++) {
                change++;
                if (!told.covers(position, change)) {
                    var all = last && i == changes.size() - 1;
                    story.apply(changes.get(i), all ? Cursor.whole(position) : new Cursor(position, change));
                    listener.changed(story, changes.get(i));
                }
            }
        }
    }
}
