package dev.muster.importer.xes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a case whose place in the plan is known.
 *
 * @param number which case it is of
 * @param step the place of its step in the plan
 * @param lifecycle the transition, as it is written
 * @param left the places of steps that have ended before it, as its status tells
 * @param stops whether its step has failed and nothing of the case begins any more
 * @param source where: a file and a line
 */
record CaseEvent(
        long number,
        int step,
        @Nullable String lifecycle,
        @Nullable String resource,
        List<Integer> left,
        boolean stops,
        String source)
        implements Entry {

    Transition transition() {
        return Transition.of(lifecycle);
    }
}
