package dev.muster.task;

import dev.muster.message.Cause;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import org.jspecify.annotations.Nullable;

/**
 * One task waiting for another one.
 *
 * @param open whether it still blocks
 * @param state the state of the task that is waited for
 * @param addedAt the position of the event that added it: the younger, the higher
 * @param addedBy that event
 * @param stateEvent the event that brought the task that is waited for to its state
 */
@View
public record BlockerRow(
        TaskId taskId,
        TaskId blockerId,
        Blocker.Until until,
        boolean open,
        TaskState state,
        long addedAt,
        @Nullable Cause addedBy,
        @Nullable Cause stateEvent) {

    public static final ViewDefinition<BlockerRow> DEFINITION = ViewDefinition.of(
                    "blocker", 1, BlockerRow.class, row -> key(row.taskId, row.blockerId))
            .text("task", row -> row.taskId.value())
            .text("blocker", row -> row.blockerId.value())
            .flag("open", BlockerRow::open)
            .flag("met", BlockerRow::isMet)
            .number("addedAt", BlockerRow::addedAt)
            .few("met")
            .neverSelected("addedAt");

    static String key(TaskId task, TaskId blocker) {
        return task.value() + " " + blocker.value();
    }

    /** Whether it is open although what was waited for has come about. */
    boolean isMet() {
        return open && until.isMetBy(state);
    }

    BlockerRow closed() {
        return new BlockerRow(taskId, blockerId, until, false, state, addedAt, addedBy, stateEvent);
    }

    BlockerRow in(TaskState state, @Nullable Cause stateEvent) {
        return new BlockerRow(taskId, blockerId, until, open, state, addedAt, addedBy, stateEvent);
    }
}
