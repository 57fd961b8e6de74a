package dev.muster.importer.xes;

import dev.muster.agent.AgentId;
import dev.muster.importer.ImportReport;
import dev.muster.task.TaskState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which commands each transition stands for. The table in the documents says the same. */
final class TransitionMapping {

    private final CaseCommands commands;
    private final CaseCarrier carrier;
    private final ImportReport report;

    TransitionMapping(CaseCommands commands, CaseCarrier carrier, ImportReport report) {
        this.commands = commands;
        this.carrier = carrier;
        this.report = report;
    }

    /** Who an event is by: its resource, and where none is named who holds the task. */
    static String actor(StepTask task, CaseEvent event) {
        return event.resource() == null && task.state.isHeld()
                ? Objects.requireNonNull(task.holder).agentId().value()
                : Names.agent(event.resource());
    }

    /** Applies an event whose circumstances the commands have been told. */
    void apply(CaseMission mission, CaseEvent event) {
        var task = mission.tasks.get(event.step());
        var agent = event.resource() == null && task.state.isHeld()
                ? AgentId.of(actor(task, event))
                : commands.agent(event.resource());
        for (var left : event.left()) {
            leave(mission, mission.tasks.get(left), agent);
        }
        var applied =
                switch (event.transition()) {
                    case SCHEDULE, AWAITING_ASSIGNMENT -> waits(mission, task, agent);
                    case ASSIGN, REASSIGN, ASSIGNED -> assigned(task, agent);
                    case START, RESUME, IN_PROGRESS -> works(task, agent);
                    case SUSPEND, WAIT -> rests(task, agent);
                    case COMPLETE, CLOSED, UNMATCHED -> done(mission, task, agent, null);
                    case AUTOSKIP, MANUALSKIP -> done(mission, task, agent, outcome(event));
                    case ATE_ABORT, PI_ABORT -> aborted(mission, task, agent, event);
                    case WITHDRAW, CANCELLED -> withdrawn(mission, task, agent, event);
                    case OTHER -> commented(task, event);
                };
        if (applied) {
            report.applied(event.transition().label());
        } else {
            commands.comment(task, "Said again: " + event.transition().label());
            report.saidTwice(event.transition().label(), event.source());
        }
    }

    // ---- what a transition presupposes

    private void free(StepTask task) {
        if (task.state.isHeld()) {
            commands.presupposing(() -> commands.release(task, "handed over"));
        }
    }

    /** Has an agent work on it, whoever held it before. */
    private void beWorking(StepTask task, AgentId agent) {
        if (!task.isHeldBy(agent.value())) {
            free(task);
            commands.presupposing(() -> commands.claim(task, agent));
        }
        if (task.state == TaskState.ASSIGNED) {
            commands.presupposing(() -> commands.start(task));
        } else if (task.state == TaskState.SUSPENDED) {
            commands.presupposing(() -> commands.resume(task));
        }
    }

    /** The case has another status, so that what was done in this one is done. */
    private void leave(CaseMission mission, StepTask task, AgentId otherwise) {
        var agent = task.state.isHeld() ? Objects.requireNonNull(task.holder).agentId() : otherwise;
        beWorking(task, agent);
        commands.presupposing(() -> done(mission, task, agent, null));
    }

    // ---- what it says; false if it is so already

    private boolean waits(CaseMission mission, StepTask task, AgentId agent) {
        if (!task.submitted) {
            carrier.submit(mission, task, agent.value());
            return true;
        }
        if (task.state.isHeld()) {
            commands.release(task, "put back on the board");
            return true;
        }
        return false;
    }

    private boolean assigned(StepTask task, AgentId agent) {
        if (task.isHeldBy(agent.value()) && task.state == TaskState.ASSIGNED) {
            return false;
        }
        free(task);
        commands.assign(task, agent);
        return true;
    }

    private boolean works(StepTask task, AgentId agent) {
        if (!task.isHeldBy(agent.value())) {
            free(task);
            commands.claim(task, agent);
        } else if (task.state == TaskState.ASSIGNED) {
            commands.start(task);
        } else if (task.state == TaskState.SUSPENDED) {
            commands.resume(task);
        } else {
            return false;
        }
        return true;
    }

    private boolean rests(StepTask task, AgentId agent) {
        if (task.isHeldBy(agent.value()) && task.state == TaskState.SUSPENDED) {
            return false;
        }
        beWorking(task, agent);
        commands.suspend(task);
        return true;
    }

    private boolean done(CaseMission mission, StepTask task, AgentId agent, @Nullable JsonNode result) {
        beWorking(task, agent);
        commands.complete(task, result);
        carrier.completed(mission, task, result);
        return true;
    }

    private static JsonNode outcome(CaseEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("outcome", event.transition().label());
    }

    /** Whoever aborts it, it is the attempt of who held it that fails. */
    private boolean aborted(CaseMission mission, StepTask task, AgentId agent, CaseEvent event) {
        if (!task.state.isHeld()) {
            commands.presupposing(() -> commands.claim(task, agent));
        } else if (task.state == TaskState.ASSIGNED) {
            commands.presupposing(() -> commands.start(task));
        }
        commands.fail(task, event.transition().label());
        givenUp(mission, task, event);
        return true;
    }

    private boolean withdrawn(CaseMission mission, StepTask task, AgentId agent, CaseEvent event) {
        var reason = event.transition().label() + " by " + agent.value();
        commands.asSystemFor(agent.value(), () -> commands.cancel(task, reason));
        givenUp(mission, task, event);
        return true;
    }

    /** A case that went on did so without it, so its mission takes the step as done, with what became of it as result. */
    private void givenUp(CaseMission mission, StepTask task, CaseEvent event) {
        if (event.stops()) {
            carrier.failed(mission, task, event.transition().label());
        } else {
            commands.presupposing(() -> carrier.completed(mission, task, outcome(event)));
        }
    }

    private boolean commented(StepTask task, CaseEvent event) {
        commands.comment(task, "lifecycle:transition: " + event.lifecycle());
        return true;
    }
}
