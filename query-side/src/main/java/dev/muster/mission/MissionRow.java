package dev.muster.mission;

import dev.muster.mission.MissionEvent.MissionPlanned;
import dev.muster.task.Usage;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mission as it is kept: its plan and how far it is. What its tasks have come to is kept with each of them
 * ({@link MissionTaskRow}), so that a heartbeat of one task does not write a plan of a thousand steps anew. The fields are
 * those of {@link MissionView}.
 */
@View
public record MissionRow(
        MissionId missionId,
        String title,
        MissionState state,
        String plannedBy,
        List<StepRow> steps,
        @Nullable Budget budget,
        Usage spent,
        @Nullable Instant deadline,
        @Nullable StopReason stopReason,
        @Nullable String detail,
        Set<String> notUndone,
        Instant plannedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Instant changedAt,
        long version) {

    /** By the plain identifier; in the order in which they were planned. */
    public static final ViewDefinition<MissionRow> DEFINITION = ViewDefinition.of(
                    "mission", 1, MissionRow.class, row -> row.missionId.value())
            .text("state", row -> row.state.toString())
            .time("plannedAt", MissionRow::plannedAt)
            .neverSelected("plannedAt")
            .orderBy("plannedAt");

    /** A step of the plan and how far it is. */
    public record StepRow(String stepId, String title, Set<String> dependsOn, StepState state) {

        private static final Set<StepState> ONCE_COMPLETED = Set.of(
                StepState.COMPLETED, StepState.COMPENSATING, StepState.COMPENSATED, StepState.COMPENSATION_FAILED);

        static StepRow waiting(Step step) {
            return new StepRow(
                    step.stepId(), step.title(), Objects.requireNonNull(step.dependsOn()), StepState.WAITING);
        }

        StepRow in(StepState next) {
            return new StepRow(stepId, title, dependsOn, next);
        }

        boolean wasStarted() {
            return state != StepState.WAITING;
        }

        /** Also if it is undone since. */
        boolean wasCompleted() {
            return ONCE_COMPLETED.contains(state);
        }

        boolean isToBeUndone() {
            return wasCompleted() && state != StepState.COMPLETED;
        }
    }

    static MissionRow planned(MissionPlanned event, Instant at, long version) {
        return new MissionRow(
                event.missionId(),
                event.title(),
                MissionState.PLANNED,
                event.plannedBy(),
                event.steps().stream().map(StepRow::waiting).toList(),
                event.budget(),
                Usage.NONE,
                event.deadline(),
                null,
                null,
                Set.of(),
                at,
                null,
                null,
                at,
                version);
    }

    /**
     * What readers see.
     *
     * @param tasks those of the mission; they may be read a moment after the mission and tell of more than it does
     */
    MissionView view(List<MissionTaskRow> tasks) {
        var works = new HashMap<String, MissionTaskRow>();
        var undos = new HashMap<String, MissionTaskRow>();
        tasks.forEach(task -> (task.undo() ? undos : works).put(task.stepId(), task));
        works.keySet().retainAll(idsOf(StepRow::wasStarted));
        undos.keySet().retainAll(idsOf(StepRow::isToBeUndone));
        return new MissionView(
                missionId,
                title,
                state,
                plannedBy,
                steps.stream()
                        .map(step -> stepView(step, works.get(step.stepId), undos.get(step.stepId)))
                        .toList(),
                budget,
                spent,
                deadline,
                stopReason,
                detail,
                notUndone,
                CriticalPath.of(steps, works),
                plannedAt,
                startedAt,
                endedAt,
                changedAt,
                version);
    }

    private Set<String> idsOf(Predicate<StepRow> which) {
        return steps.stream().filter(which).map(StepRow::stepId).collect(Collectors.toSet());
    }

    private static StepView stepView(StepRow step, @Nullable MissionTaskRow work, @Nullable MissionTaskRow undo) {
        return new StepView(
                step.stepId,
                step.title,
                step.state,
                step.dependsOn,
                work == null ? null : work.work(),
                undo == null ? null : undo.work(),
                work == null ? null : work.result(),
                undo != null && undo.error() != null ? undo.error() : work == null ? null : work.error());
    }

    MissionSummary summary() {
        return new MissionSummary(
                missionId,
                title,
                state,
                steps.size(),
                (int) steps.stream().filter(StepRow::wasCompleted).count(),
                spent,
                deadline,
                stopReason,
                plannedAt,
                endedAt,
                version);
    }
}
