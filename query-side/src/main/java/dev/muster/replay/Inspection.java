package dev.muster.replay;

import dev.muster.history.LogSource;
import dev.muster.replay.ReplayReport.Difference;
import dev.muster.replay.ReplayReport.Fault;
import dev.muster.replay.ReplayReport.Key;
import dev.muster.view.BesideStores;
import dev.muster.view.JdbcViewStores;
import dev.muster.view.ViewComparison;
import dev.muster.view.ViewComparison.Different;
import dev.muster.view.ViewDefinition;
import dev.muster.world.Domain;
import dev.muster.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.jspecify.annotations.Nullable;

/** Compares the live views with those that were folded again, and looks for where they parted. */
final class Inspection {

    private static final int MOST_POSITIONS = 20;

    private final Domain domain;
    private final LogSource log;
    private final JdbcViewStores live;
    private final LongFunction<World> worlds;

    /** @param worlds makes a World that stands at a position, to be moved */
    Inspection(Domain domain, LogSource log, JdbcViewStores live, LongFunction<World> worlds) {
        this.domain = domain;
        this.log = log;
        this.live = live;
        this.worlds = worlds;
    }

    /** What can be said only while both stand still at one position. */
    record Found(
            long position,
            Map<String, String> before,
            Map<String, String> after,
            List<Parted> parted,
            List<Fault> faults) {}

    /** A view whose digests differ, and between which marks they began to. */
    record Parted(String view, ViewComparison.Span span, List<Different> keys) {}

    /**
     * @param begin where the views beside began; -1 at nothing
     * @param rows whether each row of the live views is read as well
     */
    Found compare(BesideStores beside, long position, long begin, boolean rows) {
        var comparison = live.comparison();
        var after = new TreeMap<>(beside.digest().views());
        var before = new TreeMap<>(live.digest().views());
        before.keySet().retainAll(after.keySet());
        var parted = new ArrayList<Parted>();
        var faults = new ArrayList<Fault>();
        for (var view : after.keySet()) {
            if (rows) {
                comparison
                        .faults(view)
                        .forEach(fault -> faults.add(new Fault(fault.view(), fault.key(), fault.what())));
            }
            var keys = rows || !Objects.equals(before.get(view), after.get(view))
                    ? comparison.differences(beside, view)
                    : List.<Different>of();
            if (!keys.isEmpty() || !Objects.equals(before.get(view), after.get(view))) {
                parted.add(new Parted(view, comparison.span(beside, view, begin, position), keys));
            }
        }
        return new Found(position, before, after, parted, faults);
    }

    /** Folds each span in memory once more, to find where it changes what differs. */
    ReplayReport report(Found found) {
        var differences = found.parted().stream().map(this::locate).toList();
        var same = differences.isEmpty() && found.faults().isEmpty();
        return new ReplayReport(
                found.position(),
                same,
                found.before(),
                found.after(),
                differences,
                found.faults(),
                Summary.of(found.position(), differences, found.faults()));
    }

    private Difference locate(Parted parted) {
        ViewDefinition<?> definition = domain.views().stream()
                .filter(view -> view.name().equals(parted.view()))
                .findFirst()
                .orElseThrow();
        var positions = positions(definition, parted);
        @Nullable Long first = null;
        @Nullable String firstKey = null;
        var keys = new ArrayList<Key>();
        for (var different : parted.keys()) {
            var own = positions.getOrDefault(different.key(), List.of());
            keys.add(new Key(different.key(), what(different), own));
            if (!own.isEmpty() && (first == null || own.get(0) < first)) {
                first = own.get(0);
                firstKey = different.key();
            }
        }
        return new Difference(
                parted.view(), parted.span().after(), parted.span().upTo(), keys, first, firstKey);
    }

    private static String what(Different different) {
        return different.live() ? different.again() ? "other" : "surplus" : "missing";
    }

    /** By key, where in the span the fold changes it. */
    private <V> Map<String, List<Long>> positions(ViewDefinition<V> definition, Parted parted) {
        var positions = new TreeMap<String, List<Long>>();
        if (parted.keys().isEmpty()) {
            return positions;
        }
        var span = parted.span();
        var world = worlds.apply(span.after());
        var views = world.views(definition);
        var token = span.after() < 0 ? null : new GlobalSequenceTrackingToken(span.after());
        try (var events = log.after(token)) {
            for (var each = events.iterator(); each.hasNext(); ) {
                var event = each.next();
                var position = event.trackingToken().position().orElse(-1);
                if (position > span.upTo()) {
                    break;
                }
                var before = new TreeMap<String, V>();
                parted.keys().forEach(key -> views.get(key.key()).ifPresent(view -> before.put(key.key(), view)));
                world.fold(event);
                for (var key : parted.keys()) {
                    var now = views.get(key.key()).orElse(null);
                    if (!Objects.equals(before.get(key.key()), now)) {
                        note(positions.computeIfAbsent(key.key(), k -> new ArrayList<>()), position);
                    }
                }
            }
        }
        return positions;
    }

    private static void note(List<Long> positions, long position) {
        if (positions.size() < MOST_POSITIONS && !positions.contains(position)) {
            positions.add(position);
        }
    }
}
