package dev.muster.importer.xes;

import dev.muster.mission.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names the steps of one case: after their activity, and from the second occurrence on with its number. */
final class StepIds {

    private final Map<String, Integer> occurrences = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    String next(String activity) {
        var number = occurrences.merge(activity, 1, Integer::sum);
        var suffix = number == 1 ? "" : "#" + number;
        var base = Names.step(activity);
        var id = base + suffix;
        // Two activities whose names differ in blanks alone, or one that is called as another's second occurrence.
        for (var unlike = activity; !taken.add(id); unlike = id) {
            id = Names.marked(base, unlike, Step.MAX_ID - "#1000".length()) + suffix;
        }
        return id;
    }
}
