package dev.muster.history;

import dev.muster.message.Page;
import dev.muster.view.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which event led to which. Each event has one that led to it at most, and that stands before it in the log: so all events
 * are a forest, causes are the way to a root of it, and effects what is below an event. What links two of them is told in
 * {@link Link}.
 */
final class Causality {

    private final LogReader log;
    private final int most;

    /** @param most how many effects of an event are looked through */
    Causality(LogReader log, int most) {
        this.log = log;
        this.most = most;
    }

    /** A way to an event from another one. */
    private record Origin(Link link, HistoryRow row) {}

    /** What led to an event, from it back; the cursor is the identifier of the next event to tell. */
    Page<LinkedEvent> causes(HistoryRow event, int limit) {
        var items = new ArrayList<LinkedEvent>();
        var next = Optional.of(event);
        while (next.isPresent() && items.size() < limit) {
            var row = next.get();
            var origin = origin(row);
            items.add(linked(row, origin));
            next = origin.map(Origin::row);
        }
        return new Page<>(items, next.map(HistoryRow::event).orElse(null));
    }

    /** What followed from an event; the cursor is the key of the last one told. */
    Effects effects(HistoryRow event, int limit, @Nullable String cursor) {
        var items = new ArrayList<LinkedEvent>();
        var open = new PriorityQueue<>(Comparator.comparing(HistoryRow::key));
        open.addAll(followers(event));
        String last = null;
        for (int seen = 0; seen < most; seen++) {
            var row = open.poll();
            if (row == null) {
                return new Effects(items, null, false);
            }
            if (items.size() == limit) {
                return new Effects(items, last, false);
            }
            if (cursor == null || row.key().compareTo(cursor) > 0) {
                items.add(linked(row, origin(row)));
                last = row.key();
            }
            open.addAll(followers(row));
        }
        return new Effects(items, null, !open.isEmpty());
    }

    private LinkedEvent linked(HistoryRow row, Optional<Origin> origin) {
        return new LinkedEvent(
                log.event(row),
                origin.map(Origin::link).orElse(null),
                origin.map(Origin::row).map(HistoryRow::event).orElse(null));
    }

    // ---- the one that led to an event

    private Optional<Origin> origin(HistoryRow row) {
        return cause(row).or(() -> first(row)).or(() -> before(row));
    }

    private Optional<Origin> cause(HistoryRow row) {
        return row.cause() == null
                ? Optional.empty()
                : found(Link.CAUSE, row, Selection.all().where("event", row.cause()));
    }

    /** Of the events of a command the first is on its target, and what happens to other entities happens with it. */
    private Optional<Origin> first(HistoryRow row) {
        return row.command() == null
                ? Optional.empty()
                : found(Link.WITH, row, command(row.command()))
                        .filter(origin -> !origin.row().entity().equals(row.entity()));
    }

    private Optional<Origin> before(HistoryRow row) {
        var parts = log.rows(version(row, -1), most);
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Origin(Link.BEFORE, parts.get(parts.size() - 1)));
    }

    private Optional<Origin> found(Link link, HistoryRow row, Selection selection) {
        return log.rows(selection, 1).stream()
                .filter(origin -> origin.key().compareTo(row.key()) < 0)
                .map(origin -> new Origin(link, origin))
                .findFirst();
    }

    private static Selection command(String command) {
        return Selection.all().where("command", command);
    }

    private static Selection version(HistoryRow row, int further) {
        return Selection.all().where("version", HistoryRow.version(row.entity(), row.sequence() + further));
    }

    // ---- those that an event led to

    private List<HistoryRow> followers(HistoryRow row) {
        var followers = new ArrayList<>(log.rows(Selection.all().where("cause", row.event()), most + 1));
        Stream.concat(log.rows(version(row, 1), most + 1).stream(), with(row))
                .filter(other -> origin(other)
                        .filter(origin ->
                                origin.link() != Link.CAUSE && origin.row().equals(row))
                        .isPresent())
                .forEach(followers::add);
        return followers;
    }

    /** What happened to other entities with an event, if that is the first one of its command. */
    private Stream<HistoryRow> with(HistoryRow row) {
        if (row.command() == null || !log.rows(command(row.command()), 1).contains(row)) {
            return Stream.empty();
        }
        return log.rows(command(row.command()), most + 1).stream()
                .filter(other -> !other.entity().equals(row.entity()));
    }
}
