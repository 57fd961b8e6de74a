package dev.muster.importer.xes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a case before its first event is applied: the one thing for which an import looks ahead.
 *
 * @param number which case it is, of all files
 * @param mission the identifier of its mission
 * @param name what the log calls it
 * @param planner the resource of its first event
 * @param steps in the order in which they begin
 * @param events how many events it has
 * @param source where it begins: a file and a line
 */
record CasePlan(
        long number,
        String mission,
        String name,
        @Nullable String planner,
        List<PlannedStep> steps,
        int events,
        String source)
        implements Entry {

    /**
     * An occurrence of an activity.
     *
     * @param dependsOn the places, among the steps, of those that had ended when it began, without those that the others
     *     depend on
     * @param submitted whether the log says when it was put on the board
     */
    record PlannedStep(String stepId, String activity, List<Integer> dependsOn, boolean submitted) {}
}
