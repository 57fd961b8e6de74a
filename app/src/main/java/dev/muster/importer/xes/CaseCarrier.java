package dev.muster.importer.xes;

import dev.muster.importer.xes.CasePlan.PlannedStep;
import dev.muster.mission.MissionCommand;
import dev.muster.mission.MissionCommand.PlanMission;
import dev.muster.mission.MissionCommand.RecordStepCompleted;
import dev.muster.mission.MissionCommand.RecordStepFailed;
import dev.muster.mission.MissionCommand.StartMission;
import dev.muster.mission.Step;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.Usage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Carries between missions and tasks as the saga does, which does not act during an import. */
final class CaseCarrier {

    private final CaseCommands commands;

    CaseCarrier(CaseCommands commands) {
        this.commands = commands;
    }

    /** Plans and starts a mission, as presupposed by its first event. */
    void begin(CaseMission mission) {
        commands.presupposing(() -> {
            var steps = mission.plan.steps().stream()
                    .map(step -> step(mission, step))
                    .toList();
            commands.send(new PlanMission(
                    mission.id, Names.cut(mission.plan.name(), MissionCommand.MAX_TITLE), steps, null, null));
            commands.send(new StartMission(mission.id));
        });
        submitWhatHasStarted(mission);
    }

    private static Step step(CaseMission mission, PlannedStep step) {
        var dependsOn = step.dependsOn().stream()
                .map(before -> mission.plan.steps().get(before).stepId())
                .collect(Collectors.toSet());
        return new Step(step.stepId(), title(step), instruction(step), dependsOn, null, null, null, null, null);
    }

    private static String title(PlannedStep step) {
        return Names.cut(step.activity(), TaskCommand.MAX_TITLE);
    }

    /** A name that is too long stands in full in the instruction. */
    private static @Nullable String instruction(PlannedStep step) {
        return step.activity().length() <= TaskCommand.MAX_TITLE ? null : step.activity();
    }

    /** Of what the log says when it was put on the board, it waits for that. */
    private void submitWhatHasStarted(CaseMission mission) {
        for (var task : mission.tasks) {
            if (!task.submitted && !task.step.submitted() && mission.hasStarted(task)) {
                commands.presupposing(() -> submit(mission, task, planner(mission)));
            }
        }
    }

    static String planner(CaseMission mission) {
        return mission.plan.planner() == null ? CaseCommands.SYSTEM : Names.agent(mission.plan.planner());
    }

    /** Makes a step that the mission has started a task. */
    void submit(CaseMission mission, StepTask task, String submitter) {
        commands.asSystemFor(
                submitter,
                () -> commands.send(new SubmitTask(
                        task.id,
                        title(task.step),
                        instruction(task.step),
                        null,
                        null,
                        null,
                        null,
                        null,
                        input(mission, task),
                        null,
                        null,
                        mission.id,
                        task.step.stepId())));
        task.submitted = true;
    }

    /** What the mission hands to a step: the results of those that it depends on. */
    private static JsonNode input(CaseMission mission, StepTask task) {
        var results = JsonNodeFactory.instance.objectNode();
        task.step.dependsOn().stream()
                .map(mission.tasks::get)
                .filter(before -> before.result != null)
                .sorted((a, b) -> a.step.stepId().compareTo(b.step.stepId()))
                .forEach(before -> results.set(before.step.stepId(), before.result));
        var input = JsonNodeFactory.instance.objectNode();
        if (!results.isEmpty()) {
            input.set("results", results);
        }
        return input;
    }

    /** Tells the mission that a step is done, and submits what it starts then. */
    void completed(CaseMission mission, StepTask task, @Nullable JsonNode result) {
        commands.asSystemFor(
                planner(mission),
                () -> commands.send(
                        new RecordStepCompleted(mission.id, task.step.stepId(), result, task.token(), Usage.NONE)));
        task.completed = true;
        task.result = result;
        if (!mission.stopping) {
            submitWhatHasStarted(mission);
        }
    }

    /** Tells the mission that a step has failed, which stops it. */
    void failed(CaseMission mission, StepTask task, String error) {
        commands.asSystemFor(
                planner(mission),
                () -> commands.send(
                        new RecordStepFailed(mission.id, task.step.stepId(), error, task.token(), Usage.NONE)));
        mission.stopping = true;
    }

    /** After the last event of a case whose mission was stopped: what still runs is canceled. */
    void wrapUp(CaseMission mission) {
        if (!mission.stopping) {
            return;
        }
        for (var task : mission.tasks) {
            if (task.submitted && !task.state.isEnded()) {
                commands.presupposing(() -> {
                    var reason = "canceled with its mission";
                    commands.asSystemFor(planner(mission), () -> commands.cancel(task, reason));
                    failed(mission, task, reason);
                });
            }
        }
    }
}
