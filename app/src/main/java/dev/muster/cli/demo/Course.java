package dev.muster.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a mission must go by its plan, so that the story knows what to wait for, and the summary what to expect. */
final class Course {

    final Plan plan;

    /** The tasks that an agent can take now, and the capability that each needs. */
    final Map<String, String> ready = new TreeMap<>();

    /** The steps that were completed, in that order. */
    final List<String> completed = new ArrayList<>();

    /** The steps that were undone, in that order. */
    final List<String> undone = new ArrayList<>();

    private final Set<String> started = new TreeSet<>();
    private final Map<String, Long> tokens = new TreeMap<>();
    private boolean stopped;

    Course(Plan plan) {
        this.plan = plan;
    }

    /** The steps that start now and had not before. */
    List<Plan.Step> start() {
        return plan.startable(Set.copyOf(completed)).stream()
                .filter(step -> started.add(step.id()))
                .toList();
    }

    String task(Plan.Step step) {
        return plan.id() + "/" + step.id();
    }

    String undo(String stepId) {
        return plan.id() + "/" + stepId + "/undo";
    }

    boolean isUndo(String task) {
        return task.endsWith("/undo");
    }

    /** The step, by its task or by the one that undoes it. */
    String stepOf(String task) {
        return task.split("/")[1];
    }

    /** What its task, and the one that undoes it, needs of an agent. */
    String capability(String task) {
        return plan.step(stepOf(task)).capability();
    }

    /** The started steps that were not completed. */
    List<String> running() {
        return started.stream().filter(step -> !completed.contains(step)).toList();
    }

    void used(Agent.Held held, long total) {
        tokens.put(held.task + "#" + held.token, total);
    }

    /** What was reported, of each attempt the last total. */
    long tokens() {
        return tokens.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean isOverBudget() {
        return plan.tokens() > 0 && tokens() > plan.tokens();
    }

    void stop() {
        stopped = true;
        ready.clear();
    }

    boolean isStopped() {
        return stopped;
    }
}
