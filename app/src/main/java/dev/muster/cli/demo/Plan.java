package dev.muster.cli.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mission as its author has it in mind.
 *
 * @param tokens its budget; 0 is none
 */
record Plan(String id, String title, long tokens, List<Step> steps) {

    /** @param undo what undoes it, in a line; empty if nothing does */
    record Step(String id, String title, String capability, String undo, List<String> dependsOn) {

        Step(String id, String title, String capability, String undo, String... dependsOn) {
            this(id, title, capability, undo, List.of(dependsOn));
        }
    }

    /** What can be worked on once those steps are completed. */
    List<Step> startable(Set<String> completed) {
        return steps.stream()
                .filter(step -> !completed.contains(step.id()) && completed.containsAll(step.dependsOn()))
                .toList();
    }

    Step step(String stepId) {
        return steps.stream()
                .filter(step -> step.id().equals(stepId))
                .findFirst()
                .orElseThrow();
    }

    /** The fields of {@code PlanMission}. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("missionId", id);
        fields.put("title", title);
        fields.put("steps", steps.stream().map(Plan::fields).toList());
        if (tokens > 0) {
            fields.put("budget", Map.of("tokens", tokens));
        }
        return fields;
    }

    private static Map<String, Object> fields(Step step) {
        // A rest would only make the onlooker wait.
        var retry = Map.of("maxAttempts", 3, "backoff", "PT0S");
        var fields = new LinkedHashMap<String, Object>();
        fields.put("stepId", step.id());
        fields.put("title", step.title());
        fields.put("dependsOn", step.dependsOn());
        fields.put("capabilities", List.of(step.capability()));
        fields.put("retry", retry);
        if (!step.undo().isEmpty()) {
            fields.put(
                    "compensation",
                    Map.of("title", step.undo(), "capabilities", List.of(step.capability()), "retry", retry));
        }
        return fields;
    }
}
