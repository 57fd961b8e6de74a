package dev.muster.task;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.muster.agent.AgentId;
import dev.muster.agent.Agents;
import dev.muster.message.Actor;
import dev.muster.message.Check;
import dev.muster.message.MetaKeys;
import dev.muster.message.Objection;
import dev.muster.mission.MissionId;
import dev.muster.task.TaskCommand.*;
import dev.muster.task.TaskEvent.*;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * One task: who may do what to it, in which state. Its handlers come in the order of a task's life; which states a command
 * is allowed in stands in {@link TaskRule}.
 */
@Revision("1")
@Aggregate(type = "task")
public class Task {

    @AggregateIdentifier
    private @Nullable TaskId id;

    private @Nullable TaskState state;
    private String submittedBy = "";
    private @Nullable MissionId missionId;
    private @Nullable String stepId;
    private Set<String> capabilities = Set.of();
    private Set<String> labels = Set.of();
    private Retry retry = Retry.DEFAULT;
    private @Nullable Instant deadline;
    private List<Blocker> openBlockers = new ArrayList<>();

    /** The present hold, or the last one; whether it still stands is said by the state. */
    private @Nullable Holding holding;

    private int failedAttempts;
    private @Nullable Instant backoffUntil;

    /** The total of the present attempt. */
    private Usage usage = Usage.NONE;

    /** For Axon. */
    protected Task() {}

    // ---- onto the board

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(
            SubmitTask command,
            Actor actor,
            @MetaDataValue(MetaKeys.ON_BEHALF_OF) @Nullable String onBehalfOf,
            OtherTasks others) {
        if (id != null) {
            throw TaskRefusals.exists(id, state());
        }
        var taskId = command.taskId();
        if (command.stepId() != null && !actor.isSystem()) {
            throw TaskRefusals.ofPlan(taskId);
        }
        for (var blocker : Objects.requireNonNull(command.blockers())) {
            if (blocker.taskId().equals(taskId)) {
                throw TaskRefusals.blockerItself(taskId);
            }
            mustExist(blocker.taskId(), others);
        }
        checkParent(taskId, command.parentId(), others);
        apply(new TaskSubmitted(
                taskId,
                command.title(),
                command.instruction(),
                Objects.requireNonNull(command.priority()),
                Objects.requireNonNull(command.capabilities()),
                Objects.requireNonNull(command.labels()),
                command.parentId(),
                command.blockers(),
                command.input(),
                Objects.requireNonNull(command.retry()),
                command.deadline(),
                command.missionId(),
                command.stepId(),
                actor.isSystem() && onBehalfOf != null ? onBehalfOf : actor.name()));
    }

    private static void checkParent(TaskId task, @Nullable TaskId parent, OtherTasks others) {
        if (task.equals(parent)) {
            throw TaskRefusals.parentItself(task);
        }
        if (parent != null) {
            mustExist(parent, others);
        }
    }

    private static void mustExist(TaskId task, OtherTasks others) {
        if (!others.exists(task)) {
            throw TaskRefusals.notFound(task);
        }
    }

    // ---- into an agent's hands

    @CommandHandler
    Assignment handle(AssignTask command, Clock clock, LeaseTerms terms, Agents agents) {
        mustBeFree(command);
        return assign(command.agentId(), clock, terms, agents);
    }

    @CommandHandler
    Assignment handle(ClaimTask command, Clock clock, LeaseTerms terms, Agents agents) {
        mustBeFree(command);
        if (!openBlockers.isEmpty() || backoffUntil != null) {
            throw TaskRefusals.notReady(id(), openBlockers, backoffUntil);
        }
        var assignment = assign(command.agentId(), clock, terms, agents);
        apply(new TaskStarted(id(), command.agentId(), assignment.fencingToken()));
        return assignment;
    }

    private void mustBeFree(TaskCommand command) {
        if (state().isHeld()) {
            throw TaskRefusals.alreadyClaimed(
                    id(), state(), holding().agentId(), holding().fencingToken());
        }
        mustAllow(command);
    }

    private Assignment assign(AgentId agent, Clock clock, LeaseTerms terms, Agents agents) {
        var token = (holding == null ? 0 : holding.fencingToken()) + 1;
        var slot = agents.take(agent, id(), capabilities, token);
        var expiry = terms.working(clock.instant());
        apply(new TaskAssigned(id(), agent, token, expiry, failedAttempts + 1, slot, missionId));
        return new Assignment(id(), agent, token, expiry, failedAttempts + 1);
    }

    @CommandHandler
    LeaseTerm handle(StartTask command, Clock clock, LeaseTerms terms) {
        mustHold(command);
        apply(new TaskStarted(id(), command.agentId(), command.fencingToken()));
        return holding().leaseExpiresAt() == null ? extend(clock, terms) : term();
    }

    @CommandHandler
    void handle(DeclineTask command, Agents agents) {
        mustHold(command);
        apply(new TaskDeclined(id(), command.agentId(), command.fencingToken(), command.reason()));
        freeSlot(agents);
    }

    @CommandHandler
    void handle(ReleaseTask command, Actor actor, Agents agents) {
        if (actor.isAgent()) {
            var agent = command.agentId() == null ? AgentId.of(actor.name()) : command.agentId();
            mustHold(command, agent, Check.required("fencingToken", command.fencingToken()));
        } else {
            mustAllow(command);
            var agent = command.agentId() == null ? holding().agentId() : command.agentId();
            var token = command.fencingToken() == null ? holding().fencingToken() : command.fencingToken();
            mustHold(command, agent, token);
        }
        apply(new TaskReleased(id(), holding().agentId(), holding().fencingToken(), command.reason()));
        freeSlot(agents);
    }

    // ---- the work

    @CommandHandler
    LeaseTerm handle(ExtendLease command, Clock clock, LeaseTerms terms) {
        mustHold(command);
        var expiry = holding().leaseExpiresAt();
        return expiry != null && terms.isFresh(expiry, clock.instant()) ? term() : extend(clock, terms);
    }

    private LeaseTerm extend(Clock clock, LeaseTerms terms) {
        var expiry = terms.working(clock.instant());
        if (expiry != null) {
            apply(new LeaseExtended(id(), holding().agentId(), holding().fencingToken(), expiry));
        }
        return term();
    }

    @CommandHandler
    LeaseTerm handle(ReportProgress command, Clock clock, LeaseTerms terms) {
        mustHold(command);
        var total = total(command.usage());
        apply(new ProgressReported(
                id(),
                command.agentId(),
                command.fencingToken(),
                command.percent() == null ? null : Percent.toPermille(command.percent()),
                command.note(),
                Objects.requireNonNull(command.artifacts()),
                total,
                total.minus(usage),
                terms.working(clock.instant())));
        return term();
    }

    @CommandHandler
    LeaseTerm handle(SuspendTask command, Clock clock, LeaseTerms terms) {
        mustHold(command);
        apply(new TaskSuspended(
                id(), command.agentId(), command.fencingToken(), terms.resting(clock.instant()), command.reason()));
        return term();
    }

    @CommandHandler
    LeaseTerm handle(ResumeTask command, Clock clock, LeaseTerms terms) {
        mustHold(command);
        apply(new TaskResumed(id(), command.agentId(), command.fencingToken(), terms.working(clock.instant())));
        return term();
    }

    @CommandHandler
    LeaseTerm handle(RequestInput command, Clock clock, LeaseTerms terms) {
        mustHold(command);
        apply(new InputRequested(
                id(), command.agentId(), command.fencingToken(), terms.resting(clock.instant()), command.question()));
        return term();
    }

    @CommandHandler
    LeaseTerm handle(ProvideInput command, Clock clock, LeaseTerms terms) {
        mustAllow(command);
        apply(new InputProvided(
                id(), holding().agentId(), holding().fencingToken(), terms.working(clock.instant()), command.input()));
        return term();
    }

    private LeaseTerm term() {
        return new LeaseTerm(holding().leaseExpiresAt());
    }

    // ---- its end

    @CommandHandler
    void handle(CompleteTask command, Agents agents) {
        mustHold(command);
        var total = total(command.usage());
        apply(new TaskCompleted(
                id(),
                command.agentId(),
                command.fencingToken(),
                missionId,
                stepId,
                command.result(),
                total,
                total.minus(usage)));
        freeSlot(agents);
    }

    @CommandHandler
    void handle(FailTask command, Clock clock, Agents agents) {
        mustHold(command);
        var retryable = !Boolean.FALSE.equals(command.retryable());
        failAttempt(command.error(), retryable, total(command.usage()), clock.instant(), agents);
    }

    private void failAttempt(String error, boolean retryable, Usage total, Instant now, Agents agents) {
        var attempt = failedAttempts + 1;
        var charged = total.minus(usage);
        if (retryable && attempt < retry.maxAttempts()) {
            apply(new AttemptFailed(
                    id(),
                    holding().agentId(),
                    holding().fencingToken(),
                    missionId,
                    stepId,
                    attempt,
                    error,
                    total,
                    charged));
            var rest = retry.restAfter(attempt);
            apply(new RetryScheduled(id(), attempt + 1, now.plus(rest)));
            if (rest.isZero()) {
                apply(new RetryDue(id(), attempt + 1));
            }
        } else {
            var cause = retryable ? TaskFailed.Cause.ATTEMPTS : TaskFailed.Cause.NOT_RETRYABLE;
            apply(new TaskFailed(id(), holding().agentId(), missionId, stepId, cause, error, total, charged));
        }
        freeSlot(agents);
    }

    @CommandHandler
    void handle(EndBackoff command, Clock clock) {
        mustAllow(command);
        if (backoffUntil == null || clock.instant().isBefore(backoffUntil)) {
            throw TaskRefusals.backoffNotOver(id(), backoffUntil);
        }
        apply(new RetryDue(id(), failedAttempts + 1));
    }

    @CommandHandler
    void handle(ExpireLease command, Clock clock, Agents agents) {
        if (!state().isHeld() || holding().fencingToken() != command.fencingToken()) {
            throw state().isHeld()
                    ? TaskRefusals.leaseLost(id(), state(), holding().agentId(), command.fencingToken(), holding)
                    : TaskRefusals.wrongState(id(), state(), TaskRule.EXPIRE_LEASE);
        }
        var expiry = holding().leaseExpiresAt();
        if (expiry == null || clock.instant().isBefore(expiry)) {
            throw TaskRefusals.leaseNotOver(id(), expiry);
        }
        var assigned = state() == TaskState.ASSIGNED;
        var agent = holding().agentId();
        var token = holding().fencingToken();
        apply(new LeaseExpired(id(), agent, token, expiry));
        var error = "the lease ended at " + expiry + " without a sign of life of agent " + agent.value();
        if (assigned) {
            apply(new TaskReleased(id(), agent, token, error));
            freeSlot(agents);
        } else {
            failAttempt(error, true, usage, clock.instant(), agents);
        }
    }

    @CommandHandler
    void handle(ExpireTask command, Clock clock, Agents agents) {
        mustAllow(command);
        if (deadline == null || clock.instant().isBefore(deadline)) {
            throw TaskRefusals.deadlineNotOver(id(), deadline);
        }
        var held = state().isHeld();
        apply(new TaskFailed(
                id(),
                holder(),
                missionId,
                stepId,
                TaskFailed.Cause.DEADLINE,
                "its deadline was " + deadline,
                usage,
                Usage.NONE));
        freeSlot(held, agents);
    }

    @CommandHandler
    void handle(RejectTask command, Agents agents) {
        mustAllow(command);
        var held = state().isHeld();
        apply(new TaskRejected(id(), holder(), missionId, stepId, command.reason()));
        freeSlot(held, agents);
    }

    @CommandHandler
    void handle(CancelTask command, Actor actor, Agents agents) {
        mustAllow(command);
        if (actor.isAgent() && !actor.name().equals(submittedBy)) {
            throw TaskRefusals.notSubmitter(id(), actor, submittedBy);
        }
        var held = state().isHeld();
        apply(new TaskCanceled(id(), holder(), missionId, stepId, command.reason()));
        freeSlot(held, agents);
    }

    private @Nullable AgentId holder() {
        return state().isHeld() ? holding().agentId() : null;
    }

    private void freeSlot(Agents agents) {
        freeSlot(true, agents);
    }

    /** @param held whether the task was held before it was taken from its holder */
    private void freeSlot(boolean held, Agents agents) {
        if (held && holding().slot()) {
            agents.free(holding().agentId(), id(), holding().fencingToken());
        }
    }

    @CommandHandler
    void handle(ReopenTask command) {
        mustAllow(command);
        if (missionId != null) {
            throw TaskRefusals.ofMission(id());
        }
        apply(new TaskReopened(id(), command.reason(), command.deadline()));
    }

    // ---- what it waits for, and what it is about

    @CommandHandler
    void handle(AddBlocker command, OtherTasks others) {
        mustAllow(command);
        var added = new Blocker(command.blockerId(), command.until());
        if (openBlockers.contains(added)) {
            return;
        }
        if (added.taskId().equals(id)) {
            throw TaskRefusals.blockerItself(id());
        }
        mustExist(added.taskId(), others);
        if (openBlockers.size() >= TaskCommand.MAX_BLOCKERS) {
            throw TaskRefusals.tooMany(id(), "blockers", TaskCommand.MAX_BLOCKERS);
        }
        others.wayOfBlockers(added.taskId(), id()).ifPresent(way -> {
            throw TaskRefusals.blockerCycle(id(), way);
        });
        apply(new BlockerAdded(id(), added.taskId(), added.until()));
    }

    @CommandHandler
    void handle(RemoveBlocker command) {
        mustAllow(command);
        openBlocker(command.blockerId());
        apply(new BlockerRemoved(id(), command.blockerId(), command.reason()));
    }

    @CommandHandler
    void handle(ClearBlocker command) {
        mustAllow(command);
        var blocker = openBlocker(command.blockerId());
        if (!blocker.until().isMetBy(command.outcome())) {
            throw TaskRefusals.blockerNotMet(id(), blocker, command.outcome());
        }
        apply(new BlockerCleared(id(), command.blockerId(), command.outcome()));
    }

    private Blocker openBlocker(TaskId blocker) {
        return openBlockers.stream()
                .filter(open -> open.taskId().equals(blocker))
                .findFirst()
                .orElseThrow(() -> TaskRefusals.blockerNotFound(id(), blocker));
    }

    @CommandHandler
    void handle(ReviseTask command, OtherTasks others) {
        mustAllow(command);
        checkParent(id(), command.parentId(), others);
        var revised = new TaskRevised(
                id(),
                command.title(),
                command.instruction(),
                command.priority(),
                command.capabilities(),
                command.parentId(),
                command.input(),
                command.retry(),
                command.deadline(),
                Objects.requireNonNull(command.clear()));
        var nothing = new TaskRevised(id(), null, null, null, null, null, null, null, null, Set.of());
        if (!revised.equals(nothing)) {
            apply(revised);
        }
    }

    @CommandHandler
    void handle(LabelTask command) {
        mustAllow(command);
        var added = new TreeSet<>(Objects.requireNonNull(command.add()));
        added.removeAll(labels);
        var removed = new TreeSet<>(Objects.requireNonNull(command.remove()));
        removed.retainAll(labels);
        removed.removeAll(command.add());
        if (added.isEmpty() && removed.isEmpty()) {
            return;
        }
        if (labels.size() + added.size() - removed.size() > TaskCommand.MAX_LABELS) {
            throw TaskRefusals.tooMany(id(), "labels", TaskCommand.MAX_LABELS);
        }
        apply(new TaskLabeled(id(), added, removed));
    }

    @CommandHandler
    void handle(CommentOnTask command) {
        mustAllow(command);
        apply(new TaskCommented(id(), command.text()));
    }

    // ---- what commands rest on

    private void mustAllow(TaskCommand command) {
        var rule = TaskRule.of(command);
        if (!rule.allows(state())) {
            throw TaskRefusals.wrongState(id(), state(), rule);
        }
    }

    private void mustHold(OfHolder command) {
        mustHold(command, command.agentId(), command.fencingToken());
    }

    /** The lease first: who lost it is told so, whatever has become of the task since. */
    private void mustHold(TaskCommand command, AgentId agent, long token) {
        var last = holding != null && holding.isOf(agent, token);
        if (!last || state() == TaskState.SUBMITTED) {
            throw TaskRefusals.leaseLost(id(), state(), agent, token, holding);
        }
        mustAllow(command);
    }

    private Usage total(@Nullable Usage told) {
        if (told == null) {
            return usage;
        }
        if (!told.covers(usage)) {
            throw TaskRefusals.usageSmaller(id(), usage, told);
        }
        return told;
    }

    private TaskId id() {
        return Objects.requireNonNull(id);
    }

    TaskState state() {
        return Objects.requireNonNull(state);
    }

    private Holding holding() {
        return Objects.requireNonNull(holding);
    }

    // ---- what could have happened

    @Objection
    @Nullable
    String objection(TaskEvent event) {
        if (id == null) {
            return event instanceof TaskSubmitted ? null : "it was never submitted";
        }
        if (event instanceof TaskSubmitted) {
            return "it was submitted before";
        }
        if (!TaskCourse.allows(event, state())) {
            return "it was " + state();
        }
        if (event instanceof OfHolding of && !holding().isOf(of.agentId(), of.fencingToken())) {
            return "agent " + of.agentId().value() + " did not hold it by token " + of.fencingToken();
        }
        if (event instanceof RetryDue && backoffUntil == null) {
            return "it was in no backoff";
        }
        var blocker = event instanceof BlockerRemoved removed
                ? removed.blockerId()
                : event instanceof BlockerCleared cleared ? cleared.blockerId() : null;
        return blocker == null
                        || openBlockers.stream().anyMatch(open -> open.taskId().equals(blocker))
                ? null
                : "it did not wait for " + blocker.value();
    }

    // ---- the fold

    @EventSourcingHandler
    void on(TaskSubmitted event) {
        id = event.taskId();
        state = TaskState.SUBMITTED;
        submittedBy = event.submittedBy();
        missionId = event.missionId();
        stepId = event.stepId();
        capabilities = event.capabilities();
        labels = event.labels();
        retry = event.retry();
        deadline = event.deadline();
        openBlockers = new ArrayList<>(event.blockers());
    }

    @EventSourcingHandler
    void on(TaskAssigned event) {
        state = TaskState.ASSIGNED;
        holding = new Holding(event.agentId(), event.fencingToken(), event.leaseExpiresAt(), event.slot());
        backoffUntil = null;
        usage = Usage.NONE;
    }

    @EventSourcingHandler
    void on(TaskStarted event) {
        state = TaskState.WORKING;
    }

    @EventSourcingHandler
    void on(TaskDeclined event) {
        state = TaskState.SUBMITTED;
    }

    @EventSourcingHandler
    void on(TaskReleased event) {
        state = TaskState.SUBMITTED;
    }

    @EventSourcingHandler
    void on(LeaseExtended event) {
        holding = holding().until(event.leaseExpiresAt());
    }

    @EventSourcingHandler
    void on(ProgressReported event) {
        usage = event.usage();
        holding = holding().until(event.leaseExpiresAt());
    }

    @EventSourcingHandler
    void on(TaskSuspended event) {
        state = TaskState.SUSPENDED;
        holding = holding().until(event.leaseExpiresAt());
    }

    @EventSourcingHandler
    void on(TaskResumed event) {
        state = TaskState.WORKING;
        holding = holding().until(event.leaseExpiresAt());
    }

    @EventSourcingHandler
    void on(InputRequested event) {
        state = TaskState.INPUT_REQUIRED;
        holding = holding().until(event.leaseExpiresAt());
    }

    @EventSourcingHandler
    void on(InputProvided event) {
        state = TaskState.WORKING;
        holding = holding().until(event.leaseExpiresAt());
    }

    @EventSourcingHandler
    void on(TaskCompleted event) {
        state = TaskState.COMPLETED;
        usage = event.usage();
    }

    @EventSourcingHandler
    void on(AttemptFailed event) {
        state = TaskState.SUBMITTED;
        failedAttempts = event.attempt();
        usage = event.usage();
    }

    @EventSourcingHandler
    void on(RetryScheduled event) {
        backoffUntil = event.dueAt();
    }

    @EventSourcingHandler
    void on(RetryDue event) {
        backoffUntil = null;
    }

    @EventSourcingHandler
    void on(TaskFailed event) {
        state = TaskState.FAILED;
        usage = event.usage();
        backoffUntil = null;
    }

    @EventSourcingHandler
    void on(TaskRejected event) {
        state = TaskState.REJECTED;
        backoffUntil = null;
    }

    @EventSourcingHandler
    void on(TaskCanceled event) {
        state = TaskState.CANCELED;
        backoffUntil = null;
    }

    @EventSourcingHandler
    void on(TaskReopened event) {
        state = TaskState.SUBMITTED;
        failedAttempts = 0;
        deadline = event.deadline();
    }

    @EventSourcingHandler
    void on(BlockerAdded event) {
        openBlockers.removeIf(open -> open.taskId().equals(event.blockerId()));
        openBlockers.add(new Blocker(event.blockerId(), event.until()));
    }

    @EventSourcingHandler
    void on(BlockerRemoved event) {
        openBlockers.removeIf(open -> open.taskId().equals(event.blockerId()));
    }

    @EventSourcingHandler
    void on(BlockerCleared event) {
        openBlockers.removeIf(open -> open.taskId().equals(event.blockerId()));
    }

    @EventSourcingHandler
    void on(TaskRevised event) {
        capabilities = event.capabilities() == null ? capabilities : event.capabilities();
        retry = event.retry() == null ? retry : event.retry();
        deadline = event.cleared().contains(Clearable.DEADLINE) ? null : deadline;
        deadline = event.deadline() == null ? deadline : event.deadline();
    }

    @EventSourcingHandler
    void on(TaskLabeled event) {
        var changed = new LinkedHashSet<>(labels);
        changed.removeAll(event.removed());
        changed.addAll(event.added());
        labels = changed;
    }
}
