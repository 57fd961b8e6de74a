package dev.muster.mission;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task of a mission as it is kept: to which step it belongs, and what it has come to.
 *
 * @param undo whether it is the task that undoes the step
 * @param submitted whether the task is on the board; before that, one of its identifier is somebody else's
 * @param spell what its time goes to at present
 * @param since up to when its time is added up
 * @param result what came of the step
 * @param error what went wrong with the step, or with undoing it
 */
@View
public record MissionTaskRow(
        MissionId missionId,
        String stepId,
        boolean undo,
        boolean submitted,
        Spell spell,
        Instant since,
        WorkView work,
        @Nullable JsonNode result,
        @Nullable String error) {

    /** By the plain identifier of the task. */
    public static final ViewDefinition<MissionTaskRow> DEFINITION = ViewDefinition.of(
                    "mission_task", 1, MissionTaskRow.class, row -> row.work
                            .taskId()
                            .value())
            .text("mission", row -> row.missionId.value());

    /** What the time of a task that has not ended goes to. */
    public enum Spell {
        /** An agent is to take it, or to begin. */
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("working")
        WORKING,
        /** It is suspended, an input is to come, or the next attempt. */
        @JsonProperty("resting")
        RESTING
    }

    /** A task that a step, or its compensation, has just become. */
    static MissionTaskRow started(MissionId mission, String stepId, boolean undo, TaskId task, Instant at) {
        var work = new WorkView(task, 0, List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Usage.NONE, at, null);
        return new MissionTaskRow(mission, stepId, undo, false, Spell.WAITING, at, work, null, null);
    }
}
