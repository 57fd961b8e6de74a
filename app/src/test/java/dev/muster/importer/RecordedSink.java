package dev.muster.importer;

import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand.AssignTask;
import dev.muster.task.TaskCommand.ClaimTask;
import dev.muster.task.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what was sent, and answers claims as a task does. */
public final class RecordedSink implements CommandSink {

    public record Sent(Object command, Circumstances circumstances) {}

    public final List<Sent> sent = new ArrayList<>();
    private final Map<TaskId, Long> tokens = new HashMap<>();

    @Override
    public Object send(Object command, Circumstances circumstances) {
        sent.add(new Sent(command, circumstances));
        if (command instanceof ClaimTask claim) {
            return new Assignment(claim.taskId(), claim.agentId(), next(claim.taskId()), null, 1);
        }
        if (command instanceof AssignTask assign) {
            return new Assignment(assign.taskId(), assign.agentId(), next(assign.taskId()), null, 1);
        }
        return null;
    }

    private long next(TaskId task) {
        return tokens.merge(task, 1L, Long::sum);
    }

    /** The commands by their names; those that were presupposed in brackets. */
    public List<String> names() {
        return sent.stream()
                .map(one -> {
                    var name = one.command().getClass().getSimpleName();
                    return one.circumstances().inferred() ? "(" + name + ")" : name;
                })
                .toList();
    }
}
