package dev.muster.mission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what is wrong with a plan, all of it at once. */
final class Plan {

    private Plan() {}

    /** What is wrong, in words; nothing if it can be carried out. */
    static List<String> faults(Collection<Step> steps) {
        var faults = new ArrayList<String>();
        if (steps.isEmpty()) {
            faults.add("it has no step");
        }
        if (steps.size() > MissionCommand.MAX_STEPS) {
            faults.add("it has " + steps.size() + " steps, but may have " + MissionCommand.MAX_STEPS + " at most");
        }
        var byId = new LinkedHashMap<String, Step>();
        for (var step : steps) {
            if (byId.putIfAbsent(step.stepId(), step) != null) {
                faults.add("two steps are named " + step.stepId());
            }
        }
        for (var step : byId.values()) {
            for (var dependency : step.dependsOn()) {
                if (!byId.containsKey(dependency)) {
                    faults.add(step.stepId() + " depends on " + dependency + ", which is no step");
                }
            }
            takenFromOthers(step, byId, faults);
        }
        circles(byId).forEach(circle -> faults.add("these steps wait for each other: " + String.join(" -> ", circle)));
        return faults;
    }

    private static void takenFromOthers(Step step, Map<String, Step> byId, List<String> faults) {
        if (step.takes() == null || step.takes().isEmpty()) {
            return;
        }
        var before = before(step, byId);
        step.takes().forEach((name, from) -> {
            if (!before.contains(from)) {
                faults.add(step.stepId() + " takes " + name + " from " + from + ", on which it does not depend");
            }
        });
    }

    /** The steps that a step depends on, directly or through others. */
    private static Set<String> before(Step step, Map<String, Step> byId) {
        var before = new HashSet<String>();
        var next = new ArrayDeque<>(step.dependsOn());
        while (!next.isEmpty()) {
            var id = next.remove();
            if (byId.containsKey(id) && before.add(id)) {
                next.addAll(byId.get(id).dependsOn());
            }
        }
        return before;
    }

    /** Circles of which each has an edge that no other has; each is broken in thought at its last edge. */
    private static List<List<String>> circles(Map<String, Step> byId) {
        var edges = new LinkedHashMap<String, Set<String>>();
        byId.forEach((id, step) -> edges.put(id, new LinkedHashSet<>(step.dependsOn())));
        var circles = new ArrayList<List<String>>();
        while (true) {
            takeAwayWhatEnds(edges);
            if (edges.isEmpty()) {
                return circles;
            }
            var way = new ArrayList<String>();
            var id = edges.keySet().iterator().next();
            while (!way.contains(id)) {
                way.add(id);
                id = edges.get(id).iterator().next();
            }
            var circle = new ArrayList<>(way.subList(way.indexOf(id), way.size()));
            edges.get(circle.get(circle.size() - 1)).remove(id);
            circle.add(id);
            circles.add(circle);
        }
    }

    /** Steps that depend on nothing, and then those that depend only on such. */
    private static void takeAwayWhatEnds(Map<String, Set<String>> edges) {
        var more = true;
        while (more) {
            edges.values().forEach(dependencies -> dependencies.retainAll(edges.keySet()));
            more = edges.values().removeIf(Set::isEmpty);
        }
    }
}
