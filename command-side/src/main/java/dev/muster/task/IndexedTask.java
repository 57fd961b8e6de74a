package dev.muster.task;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.muster.agent.AgentId;
import dev.muster.mission.MissionId;
import dev.muster.task.TaskEvent.*;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the index keeps of a task that has not ended, and stores in its checkpoints field by field. What is empty takes no room. Not
 * thread-safe; the index locks.
 */
final class IndexedTask {

    /** The order in which tasks are offered: the most urgent first, then the oldest. */
    static final Comparator<IndexedTask> ORDER = Comparator.<IndexedTask>comparingInt(task -> task.priority)
            .thenComparing(task -> task.submittedAt)
            .thenComparing(task -> task.id.value());

    final TaskId id;
    final Instant submittedAt;
    final @Nullable MissionId missionId;
    int priority;
    Set<String> capabilities;
    Set<String> labels;

    @Nullable
    TaskId parentId;

    List<TaskId> openBlockers;
    Set<AgentId> declined;

    @Nullable
    Assignment assignment;

    private boolean submitted;
    private boolean resting;

    IndexedTask(TaskSubmitted event, Instant at) {
        this(
                event.taskId(),
                at,
                event.missionId(),
                event.priority(),
                event.capabilities(),
                event.labels(),
                event.parentId(),
                event.blockers().stream().map(Blocker::taskId).toList(),
                Set.of(),
                null,
                true,
                false);
    }

    /** As it was stored. */
    @JsonCreator
    private IndexedTask(
            TaskId id,
            Instant submittedAt,
            @Nullable MissionId missionId,
            int priority,
            Set<String> capabilities,
            Set<String> labels,
            @Nullable TaskId parentId,
            List<TaskId> openBlockers,
            Set<AgentId> declined,
            @Nullable Assignment assignment,
            boolean submitted,
            boolean resting) {
        this.id = id;
        this.submittedAt = submittedAt;
        this.missionId = missionId;
        this.priority = priority;
        this.capabilities = capabilities;
        this.labels = labels;
        this.parentId = parentId;
        this.openBlockers = List.copyOf(openBlockers);
        this.declined = Set.copyOf(declined);
        this.assignment = assignment;
        this.submitted = submitted;
        this.resting = resting;
    }

    boolean isReady() {
        return submitted && !resting && openBlockers.isEmpty();
    }

    /** Only a reopening leads on from there. */
    boolean isEnded() {
        return !submitted && assignment == null;
    }

    /** Folds an event. Those that say nothing about readiness, order or selection change nothing. */
    void apply(TaskEvent event) {
        if (event instanceof TaskAssigned assigned) {
            submitted = false;
            resting = false;
            assignment = new Assignment(
                    id, assigned.agentId(), assigned.fencingToken(), assigned.leaseExpiresAt(), assigned.attempt());
        } else if (event instanceof TaskDeclined task) {
            submitted = true;
            declined = with(declined, task.agentId());
        } else if (event instanceof TaskReleased || event instanceof AttemptFailed) {
            submitted = true;
        } else if (event instanceof RetryScheduled) {
            resting = true;
        } else if (event instanceof RetryDue) {
            resting = false;
        } else if (event instanceof TaskCompleted
                || event instanceof TaskFailed
                || event instanceof TaskRejected
                || event instanceof TaskCanceled) {
            submitted = false;
            resting = false;
            assignment = null;
        } else if (event instanceof TaskReopened) {
            submitted = true;
            declined = Set.of();
        } else if (event instanceof BlockerAdded blocker) {
            openBlockers = Stream.concat(without(blocker.blockerId()), Stream.of(blocker.blockerId()))
                    .toList();
        } else if (event instanceof BlockerRemoved blocker) {
            openBlockers = without(blocker.blockerId()).toList();
        } else if (event instanceof BlockerCleared blocker) {
            openBlockers = without(blocker.blockerId()).toList();
        } else if (event instanceof TaskRevised revised) {
            revise(revised);
        } else if (event instanceof TaskLabeled labeled) {
            var changed = new HashSet<>(labels);
            changed.removeAll(labeled.removed());
            changed.addAll(labeled.added());
            labels = changed;
        }
    }

    private Stream<TaskId> without(TaskId blocker) {
        return openBlockers.stream().filter(each -> !each.equals(blocker));
    }

    private static Set<AgentId> with(Set<AgentId> agents, AgentId more) {
        return Stream.concat(agents.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    /** Keeps what other tasks have too as the same object. */
    void share(UnaryOperator<Set<String>> same) {
        capabilities = same.apply(capabilities);
        labels = same.apply(labels);
    }

    private void revise(TaskRevised event) {
        priority = event.priority() == null ? priority : event.priority();
        capabilities = event.capabilities() == null ? capabilities : event.capabilities();
        parentId = event.cleared().contains(TaskCommand.Clearable.PARENT) ? null : parentId;
        parentId = event.parentId() == null ? parentId : event.parentId();
    }
}
