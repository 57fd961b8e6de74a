package dev.muster.a2a;

import static dev.muster.a2a.Reading.heard;
import static dev.muster.a2a.Reading.status;
import static dev.muster.a2a.Reading.text;

import dev.muster.a2a.Change.Brought;
import dev.muster.history.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the events of missions mean in A2A; those of which it has nothing to tell mean nothing. */
final class MissionReading {

    private MissionReading() {}

    static List<Change> changes(HistoryEvent event) {
        var data = event.data();
        var step = text(data, "stepId");
        return switch (event.type()) {
            case "MissionPlanned" ->
                List.of(
                        heard(event, Parts.of(text(data, "title"), data.get("steps")), true),
                        status(event, State.SUBMITTED, null));
            case "MissionStarted" -> List.of(status(event, State.WORKING, null));
            case "StepStarted" -> List.of(status(event, State.WORKING, "Step " + step + " has begun."));
            case "StepCompleted" -> stepCompleted(event, step);
            case "StepFailed" ->
                List.of(status(event, State.WORKING, "Step " + step + " has failed: " + text(data, "error")));
            case "MissionStopped" -> List.of(status(event, State.WORKING, text(data, "detail")));
            case "CompensationStarted" -> List.of(status(event, State.WORKING, "Step " + step + " is being undone."));
            case "StepCompensated" -> List.of(status(event, State.WORKING, "Step " + step + " was undone."));
            case "CompensationFailed" ->
                List.of(status(event, State.WORKING, "Step " + step + " could not be undone: " + text(data, "error")));
            case "MissionCompleted" -> List.of(status(event, State.COMPLETED, null));
            case "MissionFailed" -> List.of(status(event, State.FAILED, text(data, "detail")));
            case "MissionCanceled" -> List.of(status(event, State.CANCELED, text(data, "detail")));
            default -> List.of();
        };
    }

    /** Each result is an artifact of the mission. */
    private static List<Change> stepCompleted(HistoryEvent event, @Nullable String step) {
        var changes = new ArrayList<Change>();
        if (event.data().hasNonNull("result")) {
            changes.add(new Brought(
                    "step/" + step, String.valueOf(step), Parts.of(event.data().get("result"))));
        }
        changes.add(status(event, State.WORKING, "Step " + step + " is completed."));
        return changes;
    }
}
