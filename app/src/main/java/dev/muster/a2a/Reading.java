package dev.muster.a2a;

import dev.muster.a2a.Change.Brought;
import dev.muster.a2a.Change.Heard;
import dev.muster.a2a.Change.Said;
import dev.muster.a2a.Change.Status;
import dev.muster.history.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What the events of tasks and missions mean in A2A. The same event means the same always, so that a stream can be resumed. */
final class Reading {

    private Reading() {}

    static List<Change> changes(HistoryEvent event) {
        var data = event.data();
        return switch (event.type()) {
            case "TaskSubmitted" ->
                List.of(
                        heard(event, Parts.of(instruction(data), data.get("input")), true),
                        status(event, State.SUBMITTED, null));
            case "TaskAssigned", "TaskDeclined", "TaskReleased", "TaskReopened" ->
                List.of(status(event, State.SUBMITTED, text(data, "reason")));
            case "AttemptFailed" -> List.of(status(event, State.SUBMITTED, text(data, "error")));
            case "TaskStarted", "TaskResumed" -> List.of(status(event, State.WORKING, null));
            case "TaskSuspended" -> List.of(status(event, State.WORKING, text(data, "reason")));
            case "ProgressReported" -> progress(event, data);
            case "InputRequested" -> List.of(status(event, State.INPUT_REQUIRED, text(data, "question")));
            case "InputProvided" ->
                List.of(heard(event, Parts.of(data.path("input")), true), status(event, State.WORKING, null));
            case "TaskCommented" -> comment(event, data);
            case "TaskCompleted" -> completed(event, data);
            case "TaskFailed" -> List.of(status(event, State.FAILED, text(data, "error")));
            case "TaskRejected" -> List.of(status(event, State.REJECTED, text(data, "reason")));
            case "TaskCanceled" -> List.of(status(event, State.CANCELED, text(data, "reason")));
            default -> MissionReading.changes(event);
        };
    }

    private static @Nullable String instruction(JsonNode data) {
        return data.hasNonNull("instruction") ? text(data, "instruction") : text(data, "title");
    }

    private static List<Change> progress(HistoryEvent event, JsonNode data) {
        var changes = new ArrayList<Change>();
        data.path("artifacts").forEach(artifact -> {
            var name = artifact.path("name").asString("");
            changes.add(new Brought("artifact/" + name, name, Parts.ofArtifact(artifact)));
        });
        var note = text(data, "note");
        if (note == null && data.hasNonNull("permille")) {
            note = data.get("permille").intValue() / 10 + " %";
        }
        if (note != null) {
            changes.add(status(event, State.WORKING, note));
        }
        return changes;
    }

    /** What a client says is heard, and no news to it; what the fleet says is news. */
    private static List<Change> comment(HistoryEvent event, JsonNode data) {
        var parts = Parts.of(text(data, "comment"), null);
        if (Causes.isByClient(event)) {
            return List.of(heard(event, parts, true));
        }
        return List.of(
                heard(event, parts, false),
                new Status(Optional.empty(), Optional.of(said(event, parts, false)), event.time()));
    }

    private static List<Change> completed(HistoryEvent event, JsonNode data) {
        var done = status(event, State.COMPLETED, null);
        return data.hasNonNull("result")
                ? List.of(new Brought("result", "result", Parts.of(data.get("result"))), done)
                : List.of(done);
    }

    static @Nullable String text(JsonNode data, String field) {
        return data.hasNonNull(field) ? data.get(field).asString() : null;
    }

    static Change heard(HistoryEvent event, ArrayNode parts, boolean byClient) {
        return new Heard(said(event, parts, byClient));
    }

    /** @param message what is to be said of it; nothing if null or blank */
    static Change status(HistoryEvent event, State state, @Nullable String message) {
        return new Status(
                Optional.of(state),
                Optional.ofNullable(message)
                        .filter(text -> !text.isBlank())
                        .map(text -> said(event, Parts.text(text), false)),
                event.time());
    }

    private static Said said(HistoryEvent event, ArrayNode parts, boolean byClient) {
        return new Said(
                byClient ? Causes.messageId(event).orElse(event.id()) : event.id(), event.actor(), byClient, parts);
    }
}
