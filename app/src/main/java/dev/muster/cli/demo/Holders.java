package dev.muster.cli.demo;

import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Folds the log, event by event, to which tasks are held, and counts those that were given away while they were. */
final class Holders {

    private static final Set<String> TAKEN_AWAY = Set.of(
            "TaskCompleted",
            "AttemptFailed",
            "TaskFailed",
            "TaskDeclined",
            "TaskReleased",
            "TaskRejected",
            "TaskCanceled");

    private final Set<String> held = new HashSet<>();
    private int assignments;
    private int whileHeld;

    void accept(JsonNode event) {
        var type = event.path("type").asString("");
        var task = event.path("subject").asString("");
        if (type.equals("TaskAssigned")) {
            assignments++;
            whileHeld += held.add(task) ? 0 : 1;
        } else if (TAKEN_AWAY.contains(type)) {
            held.remove(task);
        }
    }

    int assignments() {
        return assignments;
    }

    int whileHeld() {
        return whileHeld;
    }
}
