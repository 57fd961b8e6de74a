package dev.muster.importer.xes;

import dev.muster.mission.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a case that have ended, without those that others among them depend on: these are the ones that a step which
 * begins now depends on directly. Of more than {@value Step#MAX_DEPENDENCIES} the last to end are kept.
 */
final class Frontier {

    /** @param before how many steps had ended before it */
    private record Ended(int step, int before) {}

    private final List<Ended> ended = new ArrayList<>();
    private int count;
    private int implied;

    List<Integer> steps() {
        return ended.stream().map(Ended::step).toList();
    }

    /** How many steps have ended so far. */
    int count() {
        return count;
    }

    /** @param before how many steps had ended when this one began: it depends on all of them */
    void ended(int step, int before) {
        implied = Math.max(implied, before);
        ended.removeIf(each -> each.before() < implied);
        ended.add(new Ended(step, count++));
        if (ended.size() > Step.MAX_DEPENDENCIES) {
            ended.remove(0);
        }
    }
}
