package dev.muster.mission;

import dev.muster.mission.MissionEvent.*;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskId;
import dev.muster.view.RelatedEntities;
import dev.muster.view.ViewStore;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

/** Folds what happened to missions, and to the tasks that their steps have become. */
@ProcessingGroup("mission-views")
public final class MissionProjection {

    private final ViewStore<MissionRow> missions;
    private final ViewStore<MissionTaskRow> tasks;

    public MissionProjection(ViewStore<MissionRow> missions, ViewStore<MissionTaskRow> tasks) {
        this.missions = missions;
        this.tasks = tasks;
    }

    /** A mission's view says what its tasks have come to. */
    @RelatedEntities
    static List<TaskId> tasksOf(MissionEvent event) {
        if (event instanceof StepStarted step) {
            return List.of(step.work().taskId());
        }
        if (event instanceof CompensationStarted undo) {
            return List.of(undo.work().taskId());
        }
        return event instanceof StepFailed failed ? List.of(failed.taskId()) : List.of();
    }

    @EventHandler
    void on(MissionPlanned event, @Timestamp Instant at, @SequenceNumber long version) {
        missions.put(MissionRow.planned(event, at, version));
    }

    @EventHandler
    void on(MissionEvent event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
    }

    @EventHandler
    void on(StepStarted event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
        tasks.put(MissionTaskRow.started(
                event.missionId(), event.stepId(), false, event.work().taskId(), at));
    }

    @EventHandler
    void on(StepCompleted event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
        change(event.taskId(), task -> new MissionTaskFold(task, at).completed(event.result()));
    }

    @EventHandler
    void on(StepFailed event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
        if (tasks.get(event.taskId().value()).isEmpty()) {
            // It failed before it could start: what it was to be handed was too much for a task.
            tasks.put(MissionTaskRow.started(event.missionId(), event.stepId(), false, event.taskId(), at));
        }
        change(event.taskId(), task -> new MissionTaskFold(task, at).failed(event.error()));
    }

    @EventHandler
    void on(UsageCharged event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
        var task = event.undo()
                ? Work.undoOf(event.missionId(), event.stepId())
                : Work.taskOf(event.missionId(), event.stepId());
        change(task, row -> new MissionTaskFold(row, at).charged(event.charged()));
    }

    @EventHandler
    void on(CompensationStarted event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
        tasks.put(MissionTaskRow.started(
                event.missionId(), event.stepId(), true, event.work().taskId(), at));
    }

    @EventHandler
    void on(StepCompensated event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
        change(event.taskId(), task -> new MissionTaskFold(task, at).completed(null));
    }

    @EventHandler
    void on(CompensationFailed event, @Timestamp Instant at, @SequenceNumber long version) {
        fold(event, at, version);
        change(event.taskId(), task -> new MissionTaskFold(task, at).failed(event.error()));
    }

    /** A mission's task is named {@code <mission>/<step>}, so that most tasks of no mission cost no look-up. */
    @EventHandler
    void on(TaskEvent event, @Timestamp Instant at) {
        if (event.taskId().value().indexOf('/') >= 0) {
            tasks.update(event.taskId().value(), task -> new MissionTaskFold(task, at).apply(event));
        }
    }

    private void fold(MissionEvent event, Instant at, long version) {
        var mission = event.missionId().value();
        if (!missions.update(mission, row -> new MissionFold(row, at, version).apply(event))) {
            throw missing("mission " + mission);
        }
    }

    private void change(TaskId task, UnaryOperator<MissionTaskRow> change) {
        if (!tasks.update(task.value(), change)) {
            throw missing("mission's task " + task.value());
        }
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException("The " + what + " is not in the view although something happened to it."
                + " Delete the folder of the views, so that they are folded again.");
    }
}
