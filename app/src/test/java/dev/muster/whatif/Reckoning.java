package dev.muster.whatif;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Finds out by itself what would have been of the tasks of a board without the events of one actor, out of the events as
 * {@code /api/events} gives them and the rules as {@code docs/what-if.md} tells them. It knows nothing of Muster's classes.
 */
final class Reckoning {

    private static final Set<String> HELD = Set.of("assigned", "working", "suspended", "input-required");
    private static final Set<String> ENDED = Set.of("completed", "failed", "canceled", "rejected");

    private static final class Task {
        String state = "";
        String agent = "";
        long token;
        Set<String> blockers = new HashSet<>();

        Task copy() {
            var copy = new Task();
            copy.state = state;
            copy.agent = agent;
            copy.token = token;
            copy.blockers = new HashSet<>(blockers);
            return copy;
        }
    }

    private final Map<String, Task> tasks = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    final Set<String> impossible = new LinkedHashSet<>();
    final Set<String> withImpossibleCompletion = new TreeSet<>();

    static Reckoning without(String actor, List<JsonNode> events) {
        var reckoning = new Reckoning();
        var group = new ArrayList<JsonNode>();
        for (var event : events) {
            if (!group.isEmpty() && !command(group.get(0)).equals(command(event))) {
                reckoning.take(actor, group);
                group.clear();
            }
            group.add(event);
        }
        reckoning.take(actor, group);
        return reckoning;
    }

    private static String command(JsonNode event) {
        return event.path("commandid").asString(event.get("id").asString());
    }

    Set<String> completed() {
        var completed = new TreeSet<String>();
        tasks.forEach((id, task) -> {
            if (task.state.equals("completed")) {
                completed.add(id);
            }
        });
        return completed;
    }

    private void take(String actor, List<JsonNode> group) {
        var before = new HashMap<String, Task>();
        var possible = new ArrayList<JsonNode>();
        var refused = false;
        for (var event : group) {
            if (event.get("actor").asString().equals(actor)) {
                gone.add(event.get("id").asString());
                continue;
            }
            var subject = event.get("subject").asString();
            before.computeIfAbsent(
                    subject, s -> tasks.containsKey(s) ? tasks.get(s).copy() : null);
            before.putIfAbsent(subject, null);
            if (isPossible(event)) {
                apply(event);
                possible.add(event);
            } else {
                refused = true;
                reject(event);
            }
        }
        if (refused) {
            possible.forEach(this::reject);
            before.forEach((subject, task) -> {
                if (task == null) {
                    tasks.remove(subject);
                } else {
                    tasks.put(subject, task);
                }
            });
        }
    }

    private void reject(JsonNode event) {
        gone.add(event.get("id").asString());
        impossible.add(event.get("id").asString());
        if (event.get("type").asString().equals("TaskCompleted")) {
            withImpossibleCompletion.add(event.get("subject").asString());
        }
    }

    private boolean isPossible(JsonNode event) {
        if (gone.contains(event.path("causationid").asString(""))) {
            return false;
        }
        var subject = event.get("subject").asString();
        if (!subject.startsWith("task/")) {
            return true;
        }
        var data = event.get("data");
        var type = event.get("type").asString();
        var task = tasks.get(subject);
        if (type.equals("TaskSubmitted")) {
            for (var blocker : data.path("blockers")) {
                if (!tasks.containsKey("task/" + blocker.get("taskId").asString())) {
                    return false;
                }
            }
            return task == null;
        }
        if (task == null) {
            return false;
        }
        var holds = data.has("fencingToken")
                && task.token == data.get("fencingToken").asLong()
                && task.agent.equals(data.get("agentId").asString());
        return switch (type) {
            case "TaskAssigned" -> task.state.equals("submitted");
            case "TaskStarted" -> task.state.equals("assigned") && holds;
            case "TaskCompleted" -> task.state.equals("working") && holds;
            case "TaskReleased" -> HELD.contains(task.state) && holds;
            case "TaskReopened" -> ENDED.contains(task.state);
            case "TaskRevised" -> !ENDED.contains(task.state);
            case "BlockerAdded" -> !ENDED.contains(task.state) && tasks.containsKey(blocker(data));
            case "BlockerCleared" -> !ENDED.contains(task.state) && task.blockers.contains(blocker(data));
            case "TaskCommented", "TaskLabeled" -> true;
            default -> throw new AssertionError("The reckoning knows nothing of " + type);
        };
    }

    private static String blocker(JsonNode data) {
        return "task/" + data.get("blockerId").asString();
    }

    private void apply(JsonNode event) {
        var subject = event.get("subject").asString();
        if (!subject.startsWith("task/")) {
            return;
        }
        var data = event.get("data");
        var task = tasks.computeIfAbsent(subject, s -> new Task());
        switch (event.get("type").asString()) {
            case "TaskSubmitted" -> {
                task.state = "submitted";
                data.path("blockers")
                        .forEach(blocker -> task.blockers.add(
                                "task/" + blocker.get("taskId").asString()));
            }
            case "TaskAssigned" -> {
                task.state = "assigned";
                task.agent = data.get("agentId").asString();
                task.token = data.get("fencingToken").asLong();
            }
            case "TaskStarted" -> task.state = "working";
            case "TaskCompleted" -> task.state = "completed";
            case "TaskReleased", "TaskReopened" -> task.state = "submitted";
            case "BlockerAdded" -> task.blockers.add(blocker(data));
            case "BlockerCleared" -> task.blockers.remove(blocker(data));
            default -> {}
        }
    }
}
