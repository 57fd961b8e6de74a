package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.message.Actor;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why something asked of a task is refused: each says what is wrong with which task, and what to do. */
final class TaskRefusals {

    private TaskRefusals() {}

    static Refusal exists(TaskId task, TaskState state) {
        return refusal(
                "task-exists",
                "The task exists already",
                409,
                "There is a task " + task.value()
                        + " already. Choose another identifier, or let the server choose one.",
                task,
                Map.of("state", state.toString()));
    }

    static Refusal notFound(TaskId task) {
        return refusal(
                "task-not-found",
                "There is no such task",
                404,
                "There is no task " + task.value() + ". Submit it first, or correct the identifier.",
                task,
                Map.of());
    }

    static Refusal wrongState(TaskId task, TaskState state, TaskRule rule) {
        var allowed = rule.from().stream().map(TaskState::toString).sorted().collect(Collectors.joining(", "));
        return refusal(
                "task-wrong-state",
                "The task is in another state",
                409,
                rule.command().getSimpleName() + " needs a task that is " + allowed + ", but " + task.value() + " is "
                        + state + ".",
                task,
                Map.of("state", state.toString()));
    }

    static Refusal alreadyClaimed(TaskId task, TaskState state, AgentId holder, long token) {
        return refusal(
                "task-already-claimed",
                "Another agent holds the task",
                409,
                "The task " + task.value() + " is held by agent " + holder.value() + " with token " + token
                        + ". Claim another task; ClaimNextTask finds one.",
                task,
                Map.of("state", state.toString(), "agentId", holder.value()));
    }

    static Refusal notReady(TaskId task, List<Blocker> blockers, @Nullable Instant backoffUntil) {
        var why = blockers.isEmpty()
                ? "it rests until " + backoffUntil + " before its next attempt"
                : "it waits for "
                        + blockers.stream().map(b -> b.taskId().value()).collect(Collectors.joining(", "));
        var extras = new HashMap<String, Object>();
        extras.put("blockers", blockers.stream().map(b -> b.taskId().value()).toList());
        if (backoffUntil != null) {
            extras.put("retryAt", backoffUntil.toString());
        }
        return refusal(
                "task-not-ready",
                "The task can't be claimed yet",
                409,
                "The task " + task.value() + " is not ready: " + why + ". Claim another task, or wait.",
                task,
                extras);
    }

    static Refusal leaseLost(TaskId task, TaskState state, AgentId agent, long token, @Nullable Holding last) {
        var now = last == null
                ? "nobody has ever held it"
                : state.isHeld()
                        ? "agent " + last.agentId().value() + " holds it with token " + last.fencingToken()
                        : "it is " + state + " and its last token was " + last.fencingToken();
        return refusal(
                "task-lease-lost",
                "The agent does not hold the task with this token",
                409,
                "Agent " + agent.value() + " does not hold task " + task.value() + " with token " + token + ": " + now
                        + ". Drop the work and claim another task.",
                task,
                Map.of("state", state.toString(), "agentId", agent.value(), "fencingToken", token));
    }

    static Refusal leaseNotOver(TaskId task, @Nullable Instant expiry) {
        return refusal(
                "task-lease-not-over",
                "The lease is not over",
                409,
                "The lease of task " + task.value() + (expiry == null ? " is void" : " ends at " + expiry) + ".",
                task,
                Map.of());
    }

    static Refusal backoffNotOver(TaskId task, @Nullable Instant until) {
        return refusal(
                "task-backoff-not-over",
                "The task does not rest, or not long enough",
                409,
                "The task " + task.value() + (until == null ? " does not rest." : " rests until " + until + "."),
                task,
                Map.of());
    }

    static Refusal deadlineNotOver(TaskId task, @Nullable Instant deadline) {
        return refusal(
                "task-deadline-not-over",
                "The deadline has not passed",
                409,
                "The task " + task.value()
                        + (deadline == null ? " has no deadline." : " has its deadline at " + deadline + "."),
                task,
                Map.of());
    }

    static Refusal usageSmaller(TaskId task, Usage known, Usage told) {
        return refusal(
                "task-usage-smaller",
                "The usage is smaller than reported before",
                422,
                "The usage of task " + task.value() + " was " + known + " already, so it can't be " + told
                        + ". Report the running total of this attempt.",
                task,
                Map.of());
    }

    static Refusal blockerItself(TaskId task) {
        return refusal(
                "blocker-itself",
                "A task can't wait for itself",
                422,
                "The task " + task.value() + " can't wait for itself. Name another task.",
                task,
                Map.of());
    }

    static Refusal blockerCycle(TaskId task, List<TaskId> way) {
        var path = way.stream().map(TaskId::value).toList();
        return refusal(
                "blocker-cycle",
                "The tasks would wait for each other",
                422,
                "The task " + task.value() + " can't wait for " + path.get(0) + ", which waits for it: "
                        + String.join(" -> ", path) + ". Remove one of these blockers first.",
                task,
                Map.of("path", path));
    }

    static Refusal blockerNotFound(TaskId task, TaskId blocker) {
        return refusal(
                "blocker-not-found",
                "The task does not wait for that one",
                404,
                "The task " + task.value() + " does not wait for " + blocker.value() + ".",
                task,
                Map.of("blockerId", blocker.value()));
    }

    static Refusal blockerNotMet(TaskId task, Blocker blocker, TaskState outcome) {
        return refusal(
                "blocker-not-met",
                "The blocker has not come to what is waited for",
                409,
                "The task " + task.value() + " waits until " + blocker.taskId().value() + " is "
                        + blocker.until().name().toLowerCase(Locale.ROOT) + ", which " + outcome + " is not.",
                task,
                Map.of("blockerId", blocker.taskId().value()));
    }

    static Refusal tooMany(TaskId task, String what, int max) {
        return refusal(
                "task-too-many-" + what,
                "The task has as many " + what + " as it may",
                422,
                "The task " + task.value() + " may have " + max + " " + what + " at most. Remove some first.",
                task,
                Map.of("max", max));
    }

    static Refusal parentItself(TaskId task) {
        return refusal(
                "parent-itself",
                "A task can't belong to itself",
                422,
                "The task " + task.value() + " can't belong to itself. Name another task as its parent.",
                task,
                Map.of());
    }

    static Refusal ofMission(TaskId task) {
        return refusal(
                "task-of-mission",
                "The task belongs to a mission",
                422,
                "The task " + task.value()
                        + " belongs to a mission and can't be reopened. Add a step to the mission with RevisePlan.",
                task,
                Map.of());
    }

    static Refusal ofPlan(TaskId task) {
        return refusal(
                "task-of-plan",
                "A step becomes a task by its mission alone",
                422,
                "The task " + task.value()
                        + " can't name a step: a step becomes a task when its mission begins it. Leave stepId out, or plan"
                        + " a mission with PlanMission.",
                task,
                Map.of());
    }

    static Refusal notSubmitter(TaskId task, Actor actor, String submitter) {
        return refusal(
                "task-not-submitter",
                "Only its submitter or an operator cancels a task",
                403,
                "The task " + task.value() + " was submitted by " + submitter + ", so " + actor
                        + " can't cancel it. Ask them, or an operator.",
                task,
                Map.of("submittedBy", submitter));
    }

    private static Refusal refusal(
            String code, String title, int status, String detail, TaskId task, Map<String, Object> more) {
        var extras = new HashMap<>(more);
        extras.put("taskId", task.value());
        return new Refusal(new Problem(code, title, status, detail, extras));
    }
}
