package dev.muster.history;

import dev.muster.message.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which event led to which. Each event has one that led to it at most, and that stands before it in the log: so all events
 * are a forest, causes are the way to a root of it, and effects what is below an event. What links two of them is told in
 * {@link Link}. One question is answered by one instance, which looks nothing up twice. Not thread-safe.
 */
final class Causality {

    private final LogReader log;
    private final int most;
    private final Map<IndexSearch, List<HistoryRow>> known = new HashMap<>();

    /** @param most how many effects of an event are looked through */
    Causality(LogReader log, int most) {
        this.log = log;
        this.most = most;
    }

    /** A way to an event from another one. */
    private record Origin(Link link, HistoryRow row) {}

    /** An event that came of another one. */
    private record Follower(HistoryRow row, Origin origin) {}

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
        var open = new PriorityQueue<Follower>(
                Comparator.comparing(follower -> follower.row().key()));
        open.addAll(followers(event));
        String last = null;
        for (int seen = 0; seen < most; seen++) {
            var next = open.poll();
            if (next == null) {
                return new Effects(items, null, false);
            }
            if (items.size() == limit) {
                return new Effects(items, last, false);
            }
            var key = next.row().key();
            if (cursor == null || key.compareTo(cursor) > 0) {
                items.add(linked(next.row(), Optional.of(next.origin())));
                last = key;
            }
            open.addAll(followers(next.row()));
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
        return lookUp(IndexedBy.EVENT, row.cause()).stream()
                .filter(cause -> cause.key().compareTo(row.key()) < 0)
                .map(cause -> new Origin(Link.CAUSE, cause))
                .findFirst();
    }

    /** Of the events of a command the first is on its target, and what happens to other entities happens with it. */
    private Optional<Origin> first(HistoryRow row) {
        return lookUp(IndexedBy.COMMAND, row.command()).stream()
                .limit(1)
                .filter(first -> !first.entity().equals(row.entity()))
                .map(first -> new Origin(Link.WITH, first))
                .findFirst();
    }

    /** Of the parts of a stored event it is the last that came just before. */
    private Optional<Origin> before(HistoryRow row) {
        var parts = version(row, -1);
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Origin(Link.BEFORE, parts.get(parts.size() - 1)));
    }

    // ---- those that an event led to

    private List<Follower> followers(HistoryRow row) {
        var caused = lookUp(IndexedBy.CAUSE, row.event()).stream()
                .filter(other -> other.key().compareTo(row.key()) > 0)
                .map(other -> new Follower(other, new Origin(Link.CAUSE, row)));
        var others = Stream.concat(version(row, 1).stream(), with(row))
                .flatMap(other -> origin(other).map(origin -> new Follower(other, origin)).stream())
                .filter(other -> other.origin().link() != Link.CAUSE
                        && other.origin().row().equals(row));
        return Stream.concat(caused, others).toList();
    }

    /** What happened to other entities with an event, if that is the first one of its command. */
    private Stream<HistoryRow> with(HistoryRow row) {
        var together = lookUp(IndexedBy.COMMAND, row.command());
        return together.isEmpty() || !together.get(0).equals(row)
                ? Stream.empty()
                : together.stream().filter(other -> !other.entity().equals(row.entity()));
    }

    // ---- the index

    private List<HistoryRow> version(HistoryRow row, int further) {
        return lookUp(IndexedBy.VERSION, HistoryRow.version(row.entity(), row.sequence() + further));
    }

    private List<HistoryRow> lookUp(IndexedBy what, @Nullable String value) {
        return value == null
                ? List.of()
                : known.computeIfAbsent(IndexSearch.all().where(what, value), wanted -> log.rows(wanted, most + 1));
    }
}
