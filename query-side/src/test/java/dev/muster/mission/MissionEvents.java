package dev.muster.mission;

import dev.muster.agent.AgentId;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.Retry;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskId;
import dev.muster.task.Usage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** What can happen to the mission <em>house</em> and its tasks, without what no rule is about. */
final class MissionEvents {

    static final MissionId HOUSE = MissionId.of("house");
    static final AgentId ADA = AgentId.of("ada");
    static final AgentId BEN = AgentId.of("ben");

    private MissionEvents() {}

    static Step step(String id, String... dependsOn) {
        return new Step(id, "Title of " + id, null, Set.of(dependsOn), null, null, null, null, null);
    }

    static MissionPlanned planned(Step... steps) {
        return planned(HOUSE, steps);
    }

    static MissionPlanned planned(MissionId mission, Step... steps) {
        return new MissionPlanned(mission, "Title of " + mission.value(), List.of(steps), null, null, "kim");
    }

    static MissionStarted started() {
        return new MissionStarted(HOUSE, null);
    }

    static StepStarted stepStarted(String step) {
        return new StepStarted(HOUSE, step, work(Work.taskOf(HOUSE, step)), "kim");
    }

    static StepCompleted stepCompleted(String step) {
        return new StepCompleted(HOUSE, step, Work.taskOf(HOUSE, step), StringNode.valueOf("the " + step));
    }

    static StepFailed stepFailed(String step, String error) {
        return new StepFailed(HOUSE, step, Work.taskOf(HOUSE, step), error);
    }

    static MissionStopped stopped(StopReason reason) {
        return new MissionStopped(HOUSE, reason, "because of " + reason);
    }

    static CompensationStarted undoStarted(String step) {
        return new CompensationStarted(HOUSE, step, work(Work.undoOf(HOUSE, step)), "kim");
    }

    static StepCompensated undone(String step) {
        return new StepCompensated(HOUSE, step, Work.undoOf(HOUSE, step));
    }

    static CompensationFailed undoFailed(String step, String error) {
        return new CompensationFailed(HOUSE, step, Work.undoOf(HOUSE, step), error);
    }

    private static Work work(TaskId task) {
        return new Work(task, "Title", null, Set.of(), JsonNodeFactory.instance.objectNode(), Retry.DEFAULT);
    }

    static TaskId task(String step) {
        return Work.taskOf(HOUSE, step);
    }

    static TaskSubmitted submitted(TaskId task) {
        return submitted(task, HOUSE);
    }

    static TaskSubmitted submitted(TaskId task, @Nullable MissionId mission) {
        return new TaskSubmitted(
                task,
                "Title",
                null,
                2,
                Set.of(),
                Set.of(),
                null,
                List.of(),
                null,
                Retry.DEFAULT,
                null,
                mission,
                null,
                "kim");
    }

    static TaskAssigned assigned(TaskId task, AgentId agent, long token, int attempt) {
        return new TaskAssigned(task, agent, token, null, attempt, false, HOUSE);
    }

    static TaskStarted begun(TaskId task, AgentId agent, long token) {
        return new TaskStarted(task, agent, token);
    }

    static AttemptFailed attemptFailed(TaskId task, AgentId agent, int attempt) {
        return new AttemptFailed(task, agent, attempt, HOUSE, null, attempt, "rain", Usage.NONE, Usage.NONE);
    }

    static TaskCompleted completed(TaskId task) {
        return new TaskCompleted(task, ADA, 1, HOUSE, null, null, Usage.NONE, Usage.NONE);
    }

    static TaskFailed failed(TaskId task) {
        return new TaskFailed(task, ADA, HOUSE, null, TaskFailed.Cause.NOT_RETRYABLE, "rain", Usage.NONE, Usage.NONE);
    }

    static TaskCanceled canceled(TaskId task) {
        return new TaskCanceled(task, null, HOUSE, null, null);
    }
}
