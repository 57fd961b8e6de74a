package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.mission.MissionId;
import dev.muster.task.TaskEvent.*;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the index keeps of a task. Not thread-safe; the index locks. */
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

    final List<TaskId> openBlockers = new ArrayList<>();
    final Set<AgentId> declined = new HashSet<>();

    @Nullable
    Assignment assignment;

    private boolean submitted = true;
    private boolean resting;

    IndexedTask(TaskSubmitted event, Instant at) {
        id = event.taskId();
        submittedAt = at;
        missionId = event.missionId();
        priority = event.priority();
        capabilities = event.capabilities();
        labels = event.labels();
        parentId = event.parentId();
        event.blockers().forEach(blocker -> openBlockers.add(blocker.taskId()));
    }

    boolean isReady() {
        return submitted && !resting && openBlockers.isEmpty();
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
            declined.add(task.agentId());
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
        } else if (event instanceof TaskReopened) {
            submitted = true;
            declined.clear();
        } else if (event instanceof BlockerAdded blocker) {
            openBlockers.remove(blocker.blockerId());
            openBlockers.add(blocker.blockerId());
        } else if (event instanceof BlockerRemoved blocker) {
            openBlockers.remove(blocker.blockerId());
        } else if (event instanceof BlockerCleared blocker) {
            openBlockers.remove(blocker.blockerId());
        } else if (event instanceof TaskRevised revised) {
            revise(revised);
        } else if (event instanceof TaskLabeled labeled) {
            var changed = new HashSet<>(labels);
            changed.removeAll(labeled.removed());
            changed.addAll(labeled.added());
            labels = changed;
        }
    }

    private void revise(TaskRevised event) {
        priority = event.priority() == null ? priority : event.priority();
        capabilities = event.capabilities() == null ? capabilities : event.capabilities();
        parentId = event.cleared().contains(TaskCommand.Clearable.PARENT) ? null : parentId;
        parentId = event.parentId() == null ? parentId : event.parentId();
    }
}
