package dev.muster.mission;

import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What happened to a mission. */
public sealed interface MissionEvent {

    MissionId missionId();

    @Revision("1")
    record MissionPlanned(
            MissionId missionId,
            String title,
            List<Step> steps,
            @Nullable Budget budget,
            @Nullable Instant deadline,
            String plannedBy)
            implements MissionEvent {}

    @Revision("1")
    record MissionStarted(MissionId missionId, @Nullable Instant deadline) implements MissionEvent {}

    /** What the step depends on is completed: it is to become that task, submitted for who planned the mission. */
    @Revision("1")
    record StepStarted(MissionId missionId, String stepId, Work work, String plannedBy) implements MissionEvent {}

    @Revision("1")
    record StepCompleted(
            MissionId missionId,
            String stepId,
            TaskId taskId,
            @Nullable JsonNode result) implements MissionEvent {}

    @Revision("1")
    record StepFailed(MissionId missionId, String stepId, TaskId taskId, String error) implements MissionEvent {}

    /**
     * A task has used something.
     *
     * @param undo whether it is the task that undoes the step
     * @param usage the total of the attempt of that token
     * @param charged what came on top of what was charged for that attempt before
     * @param spent the total of the mission with it
     */
    @Revision("1")
    record UsageCharged(
            MissionId missionId,
            String stepId,
            boolean undo,
            long fencingToken,
            Usage usage,
            Usage charged,
            Usage spent)
            implements MissionEvent {}

    @Revision("1")
    record BudgetExceeded(MissionId missionId, Budget budget, Usage spent) implements MissionEvent {}

    /** Nothing new begins; the tasks that run are to be canceled. */
    @Revision("1")
    record MissionStopped(MissionId missionId, StopReason reason, String detail) implements MissionEvent {}

    /** The step is to be undone by that task. */
    @Revision("1")
    record CompensationStarted(MissionId missionId, String stepId, Work work, String plannedBy)
            implements MissionEvent {}

    @Revision("1")
    record StepCompensated(MissionId missionId, String stepId, TaskId taskId) implements MissionEvent {}

    @Revision("1")
    record CompensationFailed(MissionId missionId, String stepId, TaskId taskId, String error)
            implements MissionEvent {}

    /** Steps that had not started were added or changed, and others dropped. */
    @Revision("1")
    record PlanRevised(
            MissionId missionId,
            List<Step> steps,
            Set<String> dropped,
            @Nullable String reason) implements MissionEvent {}

    @Revision("1")
    record MissionCompleted(MissionId missionId) implements MissionEvent {}

    /** @param notUndone the steps that should have been undone and could not be */
    @Revision("1")
    record MissionFailed(MissionId missionId, StopReason reason, String detail, Set<String> notUndone)
            implements MissionEvent {}

    /** @param notUndone the steps that should have been undone and could not be */
    @Revision("1")
    record MissionCanceled(MissionId missionId, String detail, Set<String> notUndone) implements MissionEvent {}
}
