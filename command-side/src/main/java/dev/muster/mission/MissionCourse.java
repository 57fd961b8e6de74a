package dev.muster.mission;

import static dev.muster.mission.MissionState.COMPENSATING;
import static dev.muster.mission.MissionState.PLANNED;
import static dev.muster.mission.MissionState.RUNNING;
import static dev.muster.mission.MissionState.STOPPING;

import dev.muster.mission.MissionEvent.*;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** In which states a mission, and one of its steps, can meet an event. */
final class MissionCourse {

    private static final Map<Class<?>, Set<MissionState>> FROM = Map.ofEntries(
            Map.entry(MissionStarted.class, EnumSet.of(PLANNED)),
            Map.entry(PlanRevised.class, EnumSet.of(PLANNED, RUNNING)),
            Map.entry(StepStarted.class, EnumSet.of(RUNNING)),
            Map.entry(StepCompleted.class, EnumSet.of(RUNNING, STOPPING)),
            Map.entry(StepFailed.class, EnumSet.of(RUNNING, STOPPING)),
            Map.entry(UsageCharged.class, EnumSet.complementOf(EnumSet.of(PLANNED))),
            Map.entry(BudgetExceeded.class, EnumSet.of(RUNNING)),
            Map.entry(MissionStopped.class, EnumSet.of(RUNNING)),
            Map.entry(CompensationStarted.class, EnumSet.of(STOPPING, COMPENSATING)),
            Map.entry(StepCompensated.class, EnumSet.of(COMPENSATING)),
            Map.entry(CompensationFailed.class, EnumSet.of(COMPENSATING)),
            Map.entry(MissionCompleted.class, EnumSet.of(RUNNING)),
            Map.entry(MissionFailed.class, EnumSet.of(STOPPING, COMPENSATING)),
            Map.entry(MissionCanceled.class, EnumSet.of(PLANNED, STOPPING, COMPENSATING)));

    /** The step that an event is about, and the state that it must be in. */
    record OfStep(String stepId, StepState state) {}

    private MissionCourse() {}

    static boolean allows(MissionEvent event, MissionState state) {
        return FROM.getOrDefault(event.getClass(), Set.of()).contains(state);
    }

    /** What an event asks of its step; nothing if it is about none. */
    static Optional<OfStep> step(MissionEvent event) {
        if (event instanceof StepStarted started) {
            return Optional.of(new OfStep(started.stepId(), StepState.WAITING));
        }
        if (event instanceof StepCompleted completed) {
            return Optional.of(new OfStep(completed.stepId(), StepState.RUNNING));
        }
        if (event instanceof StepFailed failed) {
            return Optional.of(new OfStep(failed.stepId(), StepState.RUNNING));
        }
        if (event instanceof CompensationStarted undo) {
            return Optional.of(new OfStep(undo.stepId(), StepState.COMPLETED));
        }
        if (event instanceof StepCompensated undone) {
            return Optional.of(new OfStep(undone.stepId(), StepState.COMPENSATING));
        }
        return event instanceof CompensationFailed failed
                ? Optional.of(new OfStep(failed.stepId(), StepState.COMPENSATING))
                : Optional.empty();
    }
}
