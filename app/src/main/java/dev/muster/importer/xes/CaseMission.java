package dev.muster.importer.xes;

import dev.muster.mission.MissionId;
import java.util.ArrayList;
import java.util.List;

/** What the importer knows of a mission that is under way. */
final class CaseMission {

    final CasePlan plan;
    final MissionId id;
    final List<StepTask> tasks = new ArrayList<>();

    /** How many of its events are still to come. */
    int toCome;

    /** Whether a step has failed, so that nothing begins any more. */
    boolean stopping;

    CaseMission(CasePlan plan) {
        this.plan = plan;
        this.id = MissionId.of(plan.mission());
        this.toCome = plan.events();
        plan.steps().forEach(step -> tasks.add(new StepTask(this, step)));
    }

    /** Whether the mission has started a step: what it depends on is completed. */
    boolean hasStarted(StepTask task) {
        return task.step.dependsOn().stream().allMatch(step -> tasks.get(step).completed);
    }
}
