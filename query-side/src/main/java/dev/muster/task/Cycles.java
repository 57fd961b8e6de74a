package dev.muster.task;

import dev.muster.task.TaskQuery.BlockerCycles.Cycle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds circles among tasks that wait for each other. Tasks that wait for nobody, and then those that wait only for such,
 * are taken away until nothing changes (Kahn's way to order a graph); on what is left, following any edge that is left must
 * come back to where it has been. Each circle is broken in thought at its youngest edge, and the search goes on.
 */
final class Cycles {

    private Cycles() {}

    static List<Cycle> in(List<BlockerRow> open) {
        var edges = new HashMap<TaskId, List<BlockerRow>>();
        open.forEach(edge ->
                edges.computeIfAbsent(edge.taskId(), task -> new ArrayList<>()).add(edge));
        var found = new ArrayList<Cycle>();
        while (true) {
            takeAwayWhatEnds(edges);
            if (edges.isEmpty()) {
                return found;
            }
            var circle = circle(edges);
            var youngest = Collections.max(circle, Comparator.comparingLong(BlockerRow::addedAt));
            found.add(new Cycle(
                    circle.stream().map(BlockerRow::taskId).toList(),
                    youngest.taskId(),
                    youngest.blockerId(),
                    youngest.addedBy()));
            edges.get(youngest.taskId()).remove(youngest);
        }
    }

    private static void takeAwayWhatEnds(Map<TaskId, List<BlockerRow>> edges) {
        var waiting = new HashMap<TaskId, Set<TaskId>>();
        var ends = new ArrayDeque<TaskId>();
        edges.forEach((task, out) -> {
            for (var edge : out) {
                waiting.computeIfAbsent(edge.blockerId(), id -> new HashSet<>()).add(task);
                if (!edges.containsKey(edge.blockerId())) {
                    ends.add(edge.blockerId());
                }
            }
            if (out.isEmpty()) {
                ends.add(task);
            }
        });
        while (!ends.isEmpty()) {
            var end = ends.remove();
            edges.remove(end);
            for (var task : waiting.getOrDefault(end, Set.of())) {
                var out = edges.get(task);
                if (out != null && out.removeIf(edge -> edge.blockerId().equals(end)) && out.isEmpty()) {
                    ends.add(task);
                }
            }
        }
    }

    private static List<BlockerRow> circle(Map<TaskId, List<BlockerRow>> edges) {
        var way = new ArrayList<BlockerRow>();
        var placeOf = new HashMap<TaskId, Integer>();
        @Nullable TaskId task = Collections.min(edges.keySet(), Comparator.comparing(TaskId::value));
        while (!placeOf.containsKey(task)) {
            placeOf.put(task, way.size());
            var next = edges.get(task).get(0);
            way.add(next);
            task = next.blockerId();
        }
        return way.subList(placeOf.get(task), way.size());
    }
}
