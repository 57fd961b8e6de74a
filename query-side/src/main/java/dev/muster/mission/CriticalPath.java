package dev.muster.mission;

import dev.muster.mission.MissionRow.StepRow;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the steps that decided when a mission ended, or how far it is: the one that ended last, of those that it waited for
 * the one that ended last, and so on. What has not ended yet ends last of all; of two that ended at once, the one that comes
 * first in the plan is taken.
 */
final class CriticalPath {

    private final Map<String, StepRow> started = new HashMap<>();
    private final Comparator<String> byEnd;

    private CriticalPath(List<StepRow> steps, Map<String, MissionTaskRow> works) {
        var places = new HashMap<String, Integer>();
        for (var step : steps) {
            if (works.containsKey(step.stepId())) {
                places.put(step.stepId(), started.size());
                started.put(step.stepId(), step);
            }
        }
        Comparator<String> byTime = Comparator.comparing(step -> end(works.get(step)));
        byEnd = byTime.thenComparing(places::get, Comparator.reverseOrder());
    }

    private static Instant end(MissionTaskRow work) {
        var end = work.work().endedAt();
        return end == null ? Instant.MAX : end;
    }

    /**
     * The path from the first to the last; empty while nothing has started.
     *
     * @param works the tasks of the steps that have started, by the step
     */
    static List<String> of(List<StepRow> steps, Map<String, MissionTaskRow> works) {
        return new CriticalPath(steps, works).find();
    }

    private List<String> find() {
        var path = new ArrayDeque<String>();
        var next = last(started.keySet());
        while (next.isPresent()) {
            var step = next.get();
            path.addFirst(step);
            next = last(started.get(step).dependsOn());
        }
        return List.copyOf(path);
    }

    private Optional<String> last(Collection<String> steps) {
        return steps.stream().filter(started::containsKey).max(byEnd);
    }
}
