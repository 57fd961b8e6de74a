package dev.muster.importer;

import dev.muster.task.Assignment;
import dev.muster.task.TaskId;
import dev.muster.task.TaskState;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the importer knows of a task that it has made: enough to see which command a row stands for. */
final class ImportedTask {

    final TaskId id;
    TaskState state = TaskState.SUBMITTED;

    /** Who holds it, or held it last. */
    @Nullable
    Assignment holder;

    /** Whether its title came from the record; if not, it is its identifier. */
    boolean titled;

    final Set<String> labels = new LinkedHashSet<>();
    final Set<TaskId> openBlockers = new LinkedHashSet<>();

    ImportedTask(TaskId id) {
        this.id = id;
    }

    boolean isHeldBy(String agent) {
        return state.isHeld() && holder != null && holder.agentId().value().equals(agent);
    }
}
