package dev.muster.task;

import dev.muster.message.Cause;
import dev.muster.task.TaskEvent.*;
import dev.muster.task.TaskView.BlockerView;
import dev.muster.view.RelatedEntities;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** Folds what happened to tasks, and tells those that wait for a task what became of it. */
@ProcessingGroup("tasks")
public final class TaskProjection {

    private final ViewStore<TaskRow> tasks;
    private final ViewStore<BlockerRow> blockers;

    public TaskProjection(ViewStore<TaskRow> tasks, ViewStore<BlockerRow> blockers) {
        this.tasks = tasks;
        this.blockers = blockers;
    }

    /** A task's view says in which state those are that it waits for. */
    @RelatedEntities
    static List<TaskId> waitedFor(TaskEvent event) {
        if (event instanceof TaskSubmitted submitted) {
            return submitted.blockers().stream().map(Blocker::taskId).toList();
        }
        return event instanceof BlockerAdded added ? List.of(added.blockerId()) : List.of();
    }

    @EventHandler
    void on(TaskSubmitted event, EventMessage<?> message, @Nullable TrackingToken token) {
        var row = TaskFold.submitted(event, message.getTimestamp(), Cause.of(message));
        var waitsFor = new ArrayList<BlockerView>();
        for (var blocker : event.blockers()) {
            waitsFor.add(wait(event.taskId(), blocker.taskId(), blocker.until(), message, token));
        }
        tasks.put(new TaskFold(row, message.getTimestamp(), 0, Cause.of(message)).blockedBy(waitsFor));
    }

    @EventHandler
    void on(BlockerAdded event, EventMessage<?> message, @SequenceNumber long version, @Nullable TrackingToken token) {
        var row = get(event.taskId());
        var waitsFor = without(row, event.blockerId());
        waitsFor.add(wait(event.taskId(), event.blockerId(), event.until(), message, token));
        tasks.put(new TaskFold(row, message.getTimestamp(), version, Cause.of(message)).blockedBy(waitsFor));
    }

    @EventHandler
    void on(BlockerRemoved event, EventMessage<?> message, @SequenceNumber long version) {
        var row = get(event.taskId());
        blockers.remove(BlockerRow.key(event.taskId(), event.blockerId()));
        tasks.update(event.blockerId().value(), blocker -> blocker.withDependents(blocker.dependents() - 1));
        tasks.put(new TaskFold(row, message.getTimestamp(), version, Cause.of(message))
                .blockedBy(without(row, event.blockerId())));
    }

    @EventHandler
    void on(BlockerCleared event, EventMessage<?> message, @SequenceNumber long version) {
        var row = get(event.taskId());
        blockers.update(BlockerRow.key(event.taskId(), event.blockerId()), BlockerRow::closed);
        var waitsFor = new ArrayList<BlockerView>();
        for (var blocker : row.view().blockers()) {
            waitsFor.add(
                    blocker.taskId().equals(event.blockerId())
                            ? new BlockerView(blocker.taskId(), blocker.until(), false, blocker.state())
                            : blocker);
        }
        tasks.put(new TaskFold(row, message.getTimestamp(), version, Cause.of(message)).blockedBy(waitsFor));
    }

    @EventHandler
    void on(TaskEvent event, EventMessage<?> message, @SequenceNumber long version) {
        var row = get(event.taskId());
        var changed = new TaskFold(row, message.getTimestamp(), version, Cause.of(message)).apply(event);
        tasks.put(changed);
        if (changed.dependents() > 0 && changed.view().state() != row.view().state()) {
            tellThoseWhoWait(changed);
        }
    }

    private TaskRow get(TaskId task) {
        return tasks.get(task.value())
                .orElseThrow(() -> new IllegalStateException("The task " + task.value()
                        + " is not in the view although something happened to it. Delete the folder of the views, so"
                        + " that they are folded again."));
    }

    private BlockerView wait(
            TaskId task, TaskId blocker, Blocker.Until until, EventMessage<?> message, @Nullable TrackingToken token) {
        var waitedFor = get(blocker);
        var position = token == null ? 0 : token.position().orElse(0);
        if (blockers.get(BlockerRow.key(task, blocker)).isEmpty()) {
            tasks.put(waitedFor.withDependents(waitedFor.dependents() + 1));
        }
        blockers.put(new BlockerRow(
                task,
                blocker,
                until,
                true,
                waitedFor.view().state(),
                position,
                Cause.of(message),
                waitedFor.stateEvent()));
        return new BlockerView(blocker, until, true, waitedFor.view().state());
    }

    private static List<BlockerView> without(TaskRow row, TaskId blocker) {
        var others = new ArrayList<>(row.view().blockers());
        others.removeIf(other -> other.taskId().equals(blocker));
        return others;
    }

    private void tellThoseWhoWait(TaskRow ended) {
        var id = ended.view().taskId();
        var state = ended.view().state();
        for (var waiting : blockers.all(Selection.all().where("blocker", id.value()))) {
            blockers.put(waiting.in(state, ended.stateEvent()));
            tasks.update(waiting.taskId().value(), row -> new TaskFold(
                            row, row.view().changedAt(), row.view().version(), null)
                    .blockedBy(row.view().blockers().stream()
                            .map(blocker -> blocker.taskId().equals(id)
                                    ? new BlockerView(id, blocker.until(), blocker.open(), state)
                                    : blocker)
                            .toList()));
        }
    }
}
