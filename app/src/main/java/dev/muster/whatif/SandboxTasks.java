package dev.muster.whatif;

import dev.muster.task.Assignment;
import dev.muster.task.ClaimNextTaskHandler;
import dev.muster.task.OtherTasks;
import dev.muster.task.TaskCommand.ClaimNextTask;
import dev.muster.task.TaskId;
import dev.muster.task.TaskIndex;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/** The index of the tasks of a sandbox. It is made when it is first asked, and told what happened since at each further time. */
final class SandboxTasks implements OtherTasks {

    private final Sandbox sandbox;
    private final TaskIndex index;
    private final ClaimNextTaskHandler claims;
    private int told = -1;

    SandboxTasks(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.index = new TaskIndex(task -> sandbox.events().readEvents(task, 0));
        this.claims = new ClaimNextTaskHandler(index, sandbox.commands(), 0);
    }

    private void beUpToDate() {
        if (told < 0) {
            try (var log = sandbox.log()) {
                log.forEach(event -> index.accept(List.of(event)));
            }
            index.caughtUp();
        } else {
            List<? extends EventMessage<?>> since =
                    sandbox.appended().subList(told, sandbox.appended().size());
            index.accept(since);
        }
        told = sandbox.appended().size();
    }

    @Override
    public boolean exists(TaskId taskId) {
        beUpToDate();
        return index.exists(taskId);
    }

    @Override
    public Optional<List<TaskId>> wayOfBlockers(TaskId from, TaskId to) {
        beUpToDate();
        return index.wayOfBlockers(from, to);
    }

    @CommandHandler
    CommandResultMessage<@Nullable Assignment> handle(ClaimNextTask command, CommandMessage<?> message)
            throws Exception {
        beUpToDate();
        return claims.handle(command, message);
    }
}
