package dev.muster.mission;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.muster.message.Actor;
import dev.muster.message.Json;
import dev.muster.message.Objection;
import dev.muster.mission.MissionCommand.*;
import dev.muster.mission.MissionEvent.*;
import dev.muster.task.Usage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One mission: it decides which steps begin, when it is stopped, what is undone and when it has ended. A saga carries what
 * it decides to the tasks, and what becomes of them back.
 */
// Revision 1 kept the steps in the order of their names.
@Revision("2")
@Aggregate(type = "mission")
class Mission {

    @AggregateIdentifier
    private @Nullable MissionId id;

    private @Nullable MissionState state;
    private String plannedBy = "";
    private @Nullable Budget budget;
    private @Nullable Instant deadline;
    private @Nullable StopReason stopReason;
    private String stopDetail = "";

    /** In the order of the plan. */
    private Map<String, Progress> steps = new LinkedHashMap<>();

    /** The steps that are completed and not yet undone, in the order in which they were completed. */
    private List<String> completed = new ArrayList<>();

    private Set<String> notUndone = new TreeSet<>();
    private Usage spent = Usage.NONE;

    /** What was charged for the last attempt at each task, by the task's identifier. */
    private Map<String, Charged> charged = new LinkedHashMap<>();

    /** For Axon. */
    protected Mission() {}

    // ---- the plan

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PlanMission command, Actor actor) {
        if (id != null) {
            throw MissionRefusals.exists(id, state());
        }
        mustBeCarriedOut(command.missionId(), Plan.faults(command.steps()));
        apply(new MissionPlanned(
                command.missionId(),
                command.title(),
                command.steps(),
                command.budget(),
                command.deadline(),
                actor.name()));
    }

    private static void mustBeCarriedOut(MissionId mission, List<String> faults) {
        if (!faults.isEmpty()) {
            throw MissionRefusals.planInvalid(mission, faults);
        }
    }

    @CommandHandler
    void handle(RevisePlan command) {
        mustAllow(command);
        var dropped = Objects.requireNonNull(command.drop());
        var changed = Objects.requireNonNull(command.steps());
        var faults = new ArrayList<String>();
        for (var step : dropped) {
            if (!steps.containsKey(step)) {
                faults.add(step + " is to be dropped, but is no step");
            } else if (hasStarted(step)) {
                faults.add(step + " is to be dropped, but has started");
            }
        }
        var revised = new LinkedHashMap<String, Step>();
        steps.forEach((step, progress) -> revised.put(step, progress.step()));
        revised.keySet().removeAll(dropped);
        var named = new TreeSet<String>();
        for (var step : changed) {
            if (hasStarted(step.stepId())) {
                faults.add(step.stepId() + " is to be changed, but has started");
            }
            if (!named.add(step.stepId())) {
                faults.add("two steps are named " + step.stepId());
            }
            revised.put(step.stepId(), step);
        }
        faults.addAll(Plan.faults(revised.values()));
        mustBeCarriedOut(id(), faults);
        if (changed.isEmpty() && dropped.isEmpty()) {
            return;
        }
        apply(new PlanRevised(id(), changed, dropped, command.reason()));
        goOn();
    }

    private boolean hasStarted(String step) {
        return steps.containsKey(step) && !steps.get(step).is(StepState.WAITING);
    }

    // ---- the steps

    @CommandHandler
    void handle(StartMission command) {
        mustAllow(command);
        apply(new MissionStarted(id(), deadline));
        goOn();
    }

    /** Ends a mission in which everything is done, and begins with what has nothing left to wait for. */
    private void goOn() {
        if (state() != MissionState.RUNNING) {
            return;
        }
        if (steps.values().stream().allMatch(progress -> progress.is(StepState.COMPLETED))) {
            apply(new MissionCompleted(id()));
            return;
        }
        for (var progress : List.copyOf(steps.values())) {
            if (state() == MissionState.RUNNING && isReady(progress)) {
                start(progress.step());
            }
        }
    }

    private boolean isReady(Progress progress) {
        return progress.is(StepState.WAITING)
                && progress.step().dependsOn().stream()
                        .allMatch(step -> steps.get(step).is(StepState.COMPLETED));
    }

    private void start(Step step) {
        var work = Works.of(id(), step, this::resultOf);
        var length = work.input().toString().length();
        if (length <= Json.MAX_LENGTH) {
            apply(new StepStarted(id(), step.stepId(), work, plannedBy));
            return;
        }
        var error =
                "what it is handed has " + length + " characters as JSON, but may have " + Json.MAX_LENGTH + " at most";
        apply(new StepFailed(id(), step.stepId(), work.taskId(), error));
        stop(StopReason.STEP_FAILED, step.stepId() + ": " + error);
    }

    private @Nullable JsonNode resultOf(String step) {
        return steps.get(step).result();
    }

    @CommandHandler
    void handle(RecordStepCompleted command) {
        mustAllow(command);
        var progress = step(command);
        charge(command, false);
        if (!progress.is(StepState.RUNNING)) {
            return;
        }
        apply(new StepCompleted(id(), command.stepId(), Work.taskOf(id(), command.stepId()), command.result()));
        var unfinished = steps.values().stream().anyMatch(each -> !each.is(StepState.COMPLETED));
        if (state() == MissionState.RUNNING && unfinished && isOverBudget()) {
            stopForBudget();
        } else {
            goOn();
            wrapUp();
        }
    }

    @CommandHandler
    void handle(RecordStepFailed command) {
        mustAllow(command);
        var progress = step(command);
        charge(command, false);
        if (!progress.is(StepState.RUNNING)) {
            return;
        }
        apply(new StepFailed(id(), command.stepId(), Work.taskOf(id(), command.stepId()), command.error()));
        if (state() == MissionState.RUNNING) {
            stop(StopReason.STEP_FAILED, command.stepId() + ": " + command.error());
        } else {
            wrapUp();
        }
    }

    private Progress step(OfTask command) {
        var progress = steps.get(command.stepId());
        if (progress == null) {
            throw MissionRefusals.stepNotFound(id(), command.stepId());
        }
        return progress;
    }

    // ---- what it uses

    @CommandHandler
    void handle(RecordUsage command) {
        mustAllow(command);
        step(command);
        charge(command, command.undo());
        if (state() == MissionState.RUNNING && isOverBudget()) {
            stopForBudget();
        }
    }

    private void charge(OfTask command, boolean undo) {
        var task = task(command.stepId(), undo);
        var before = charged.getOrDefault(task, Charged.NOTHING);
        var added = before.added(command.fencingToken(), command.usage());
        if (!added.equals(Usage.NONE)) {
            apply(new UsageCharged(
                    id(), command.stepId(), undo, command.fencingToken(), command.usage(), added, spent.plus(added)));
        }
    }

    private String task(String step, boolean undo) {
        return (undo ? Work.undoOf(id(), step) : Work.taskOf(id(), step)).value();
    }

    private boolean isOverBudget() {
        return budget != null && budget.isExceededBy(spent);
    }

    private void stopForBudget() {
        var allowed = Objects.requireNonNull(budget);
        apply(new BudgetExceeded(id(), allowed, spent));
        stop(StopReason.BUDGET, "it has used " + spent + ", but may use " + allowed);
    }

    // ---- its end

    @CommandHandler
    void handle(CancelMission command, Actor actor) {
        mustAllow(command);
        if (actor.isAgent() && !actor.name().equals(plannedBy)) {
            throw MissionRefusals.notPlanner(id(), actor, plannedBy);
        }
        var detail = command.reason() == null ? "canceled by " + actor : command.reason();
        if (state() == MissionState.PLANNED) {
            apply(new MissionCanceled(id(), detail, Set.of()));
        } else {
            stop(StopReason.CANCELED, detail);
        }
    }

    @CommandHandler
    void handle(ExpireMission command, Clock clock) {
        mustAllow(command);
        if (deadline == null || clock.instant().isBefore(deadline)) {
            throw MissionRefusals.deadlineNotOver(id(), deadline);
        }
        stop(StopReason.DEADLINE, "its deadline was " + deadline);
    }

    private void stop(StopReason reason, String detail) {
        apply(new MissionStopped(id(), reason, detail));
        wrapUp();
    }

    /** Begins to undo once nothing runs any more. */
    private void wrapUp() {
        if (state() == MissionState.STOPPING
                && steps.values().stream().noneMatch(progress -> progress.is(StepState.RUNNING))) {
            undoNext();
        }
    }

    /** Undoes the step that was completed last of those that can be undone; after the first, the mission has ended. */
    private void undoNext() {
        for (int i = completed.size() - 1; i >= 0; i--) {
            var progress = steps.get(completed.get(i));
            if (progress.step().compensation() != null) {
                var work = Works.undo(id(), progress);
                apply(new CompensationStarted(id(), progress.step().stepId(), work, plannedBy));
                return;
            }
        }
        if (stopReason == StopReason.CANCELED) {
            apply(new MissionCanceled(id(), stopDetail, Set.copyOf(notUndone)));
        } else {
            apply(new MissionFailed(id(), Objects.requireNonNull(stopReason), stopDetail, Set.copyOf(notUndone)));
        }
    }

    @CommandHandler
    void handle(RecordCompensated command) {
        mustAllow(command);
        var progress = step(command);
        charge(command, true);
        if (progress.is(StepState.COMPENSATING)) {
            apply(new StepCompensated(id(), command.stepId(), Work.undoOf(id(), command.stepId())));
            undoNext();
        }
    }

    @CommandHandler
    void handle(RecordCompensationFailed command) {
        mustAllow(command);
        var progress = step(command);
        charge(command, true);
        if (progress.is(StepState.COMPENSATING)) {
            var task = Work.undoOf(id(), command.stepId());
            apply(new CompensationFailed(id(), command.stepId(), task, command.error()));
            undoNext();
        }
    }

    // ---- what commands rest on

    private void mustAllow(MissionCommand command) {
        var rule = MissionRule.of(command);
        if (!rule.from().contains(state())) {
            throw MissionRefusals.wrongState(id(), state(), rule);
        }
    }

    private MissionId id() {
        return Objects.requireNonNull(id);
    }

    MissionState state() {
        return Objects.requireNonNull(state);
    }

    // ---- what could have happened

    @Objection
    @Nullable
    String objection(MissionEvent event) {
        if (id == null || event instanceof MissionPlanned) {
            return id == null && event instanceof MissionPlanned
                    ? null
                    : id == null ? "it was never planned" : "it was planned before";
        }
        if (!MissionCourse.allows(event, state())) {
            return "it was " + state();
        }
        var asked = MissionCourse.step(event);
        if (asked.isEmpty()) {
            return null;
        }
        var step = steps.get(asked.get().stepId());
        if (step == null) {
            return "it has no step " + asked.get().stepId();
        }
        return step.is(asked.get().state()) ? null : "its step " + step.step().stepId() + " was " + step.state();
    }

    // ---- the fold

    @EventSourcingHandler
    void on(MissionPlanned event) {
        id = event.missionId();
        state = MissionState.PLANNED;
        plannedBy = event.plannedBy();
        budget = event.budget();
        deadline = event.deadline();
        event.steps().forEach(step -> steps.put(step.stepId(), Progress.planned(step)));
    }

    @EventSourcingHandler
    void on(PlanRevised event) {
        steps.keySet().removeAll(event.dropped());
        event.steps().forEach(step -> steps.put(step.stepId(), Progress.planned(step)));
    }

    @EventSourcingHandler
    void on(MissionStarted event) {
        state = MissionState.RUNNING;
    }

    @EventSourcingHandler
    void on(StepStarted event) {
        steps.computeIfPresent(event.stepId(), (id, progress) -> progress.in(StepState.RUNNING));
    }

    @EventSourcingHandler
    void on(StepCompleted event) {
        steps.computeIfPresent(event.stepId(), (id, progress) -> progress.completed(event.result()));
        completed.add(event.stepId());
    }

    @EventSourcingHandler
    void on(StepFailed event) {
        steps.computeIfPresent(event.stepId(), (id, progress) -> progress.in(StepState.FAILED));
    }

    @EventSourcingHandler
    void on(UsageCharged event) {
        spent = event.spent();
        charged.put(task(event.stepId(), event.undo()), new Charged(event.fencingToken(), event.usage()));
    }

    @EventSourcingHandler
    void on(MissionStopped event) {
        state = MissionState.STOPPING;
        stopReason = event.reason();
        stopDetail = event.detail();
    }

    @EventSourcingHandler
    void on(CompensationStarted event) {
        state = MissionState.COMPENSATING;
        steps.computeIfPresent(event.stepId(), (id, progress) -> progress.in(StepState.COMPENSATING));
        completed.remove(event.stepId());
    }

    @EventSourcingHandler
    void on(StepCompensated event) {
        steps.computeIfPresent(event.stepId(), (id, progress) -> progress.in(StepState.COMPENSATED));
    }

    @EventSourcingHandler
    void on(CompensationFailed event) {
        steps.computeIfPresent(event.stepId(), (id, progress) -> progress.in(StepState.COMPENSATION_FAILED));
        notUndone.add(event.stepId());
    }

    @EventSourcingHandler
    void on(MissionCompleted event) {
        state = MissionState.COMPLETED;
    }

    @EventSourcingHandler
    void on(MissionFailed event) {
        state = MissionState.FAILED;
    }

    @EventSourcingHandler
    void on(MissionCanceled event) {
        state = MissionState.CANCELED;
    }
}
