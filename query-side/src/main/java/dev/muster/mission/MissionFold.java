package dev.muster.mission;

import dev.muster.mission.MissionEvent.*;
import dev.muster.mission.MissionRow.StepRow;
import dev.muster.task.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mission while an event is folded into it: what each event changes of the plan and of how far it is. */
final class MissionFold {

    private final MissionRow before;
    private final Instant at;
    private final long version;

    private MissionState state;
    /** In the order of the plan, which a step keeps when it is changed. */
    private final Map<String, StepRow> steps = new LinkedHashMap<>();

    private Usage spent;
    private @Nullable StopReason stopReason;
    private @Nullable String detail;
    private Set<String> notUndone;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;

    /**
     * @param at the time of the event
     * @param version the version of the mission with it
     */
    MissionFold(MissionRow row, Instant at, long version) {
        this.before = row;
        this.at = at;
        this.version = version;
        state = row.state();
        row.steps().forEach(step -> steps.put(step.stepId(), step));
        spent = row.spent();
        stopReason = row.stopReason();
        detail = row.detail();
        notUndone = row.notUndone();
        startedAt = row.startedAt();
        endedAt = row.endedAt();
    }

    MissionRow apply(MissionEvent change) {
        if (change instanceof MissionStarted) {
            state = MissionState.RUNNING;
            startedAt = at;
        } else if (change instanceof StepStarted e) {
            step(e.stepId(), StepState.RUNNING);
        } else if (change instanceof StepCompleted e) {
            step(e.stepId(), StepState.COMPLETED);
        } else if (change instanceof StepFailed e) {
            step(e.stepId(), StepState.FAILED);
        } else if (change instanceof UsageCharged e) {
            spent = e.spent();
        } else if (change instanceof MissionStopped e) {
            state = MissionState.STOPPING;
            stopReason = e.reason();
            detail = e.detail();
        } else if (change instanceof CompensationStarted e) {
            state = MissionState.COMPENSATING;
            step(e.stepId(), StepState.COMPENSATING);
        } else if (change instanceof StepCompensated e) {
            step(e.stepId(), StepState.COMPENSATED);
        } else if (change instanceof CompensationFailed e) {
            step(e.stepId(), StepState.COMPENSATION_FAILED);
        } else if (change instanceof PlanRevised e) {
            steps.keySet().removeAll(e.dropped());
            e.steps().forEach(step -> steps.put(step.stepId(), StepRow.waiting(step)));
        } else if (change instanceof MissionCompleted) {
            end(MissionState.COMPLETED);
        } else if (change instanceof MissionFailed e) {
            end(MissionState.FAILED);
            stopReason = e.reason();
            detail = e.detail();
            notUndone = e.notUndone();
        } else if (change instanceof MissionCanceled e) {
            end(MissionState.CANCELED);
            stopReason = StopReason.CANCELED;
            detail = e.detail();
            notUndone = e.notUndone();
        }
        return toRow();
    }

    private void step(String stepId, StepState next) {
        steps.computeIfPresent(stepId, (id, step) -> step.in(next));
    }

    private void end(MissionState ended) {
        state = ended;
        endedAt = at;
    }

    private MissionRow toRow() {
        return new MissionRow(
                before.missionId(),
                before.title(),
                state,
                before.plannedBy(),
                List.copyOf(steps.values()),
                before.budget(),
                spent,
                before.deadline(),
                stopReason,
                detail,
                notUndone,
                before.plannedAt(),
                startedAt,
                endedAt,
                at,
                version);
    }
}
