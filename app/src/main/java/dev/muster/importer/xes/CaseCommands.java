package dev.muster.importer.xes;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.importer.CommandSink;
import dev.muster.importer.CommandSink.Circumstances;
import dev.muster.importer.ImportReport;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskCommand.AssignTask;
import dev.muster.task.TaskCommand.CancelTask;
import dev.muster.task.TaskCommand.ClaimTask;
import dev.muster.task.TaskCommand.CommentOnTask;
import dev.muster.task.TaskCommand.CompleteTask;
import dev.muster.task.TaskCommand.FailTask;
import dev.muster.task.TaskCommand.ReleaseTask;
import dev.muster.task.TaskCommand.ResumeTask;
import dev.muster.task.TaskCommand.StartTask;
import dev.muster.task.TaskCommand.SuspendTask;
import dev.muster.task.TaskState;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The commands of agents and tasks. Each method sends one and notes what came of it; whether it was said by the log or
 * presupposed is set beforehand.
 */
final class CaseCommands {

    /** Who does what nobody did, and what a saga would do. */
    static final String SYSTEM = "system:import";

    private final CommandSink sink;
    private final ImportReport report;
    private final Set<String> agents = new HashSet<>();
    private @Nullable Circumstances now;

    CaseCommands(CommandSink sink, ImportReport report) {
        this.sink = sink;
        this.report = report;
    }

    /** Says when, by whom and why the next commands are sent. */
    void at(Circumstances circumstances) {
        now = circumstances;
    }

    private Circumstances now() {
        return Objects.requireNonNull(now);
    }

    /** Runs something whose commands the log does not say, but presupposes. */
    void presupposing(Runnable commands) {
        var said = now();
        under(new Circumstances(said.at(), said.actor(), true, said.source(), said.onBehalfOf()), commands);
    }

    /** Runs something that the system does for somebody. */
    void asSystemFor(String somebody, Runnable commands) {
        var said = now();
        under(new Circumstances(said.at(), SYSTEM, said.inferred(), said.source(), somebody), commands);
    }

    private void under(Circumstances circumstances, Runnable commands) {
        var said = now();
        now = circumstances;
        try {
            commands.run();
        } finally {
            now = said;
        }
    }

    @Nullable
    Object send(Object command) {
        var answer = sink.send(command, now());
        report.sent(now().inferred());
        return answer;
    }

    /** The agent that a resource is; who was not known is registered. */
    AgentId agent(@Nullable String resource) {
        var id = AgentId.of(Names.agent(resource));
        if (!agents.contains(id.value())) {
            var name = Names.cut(resource == null ? Names.NOBODY : resource, 200);
            presupposing(() -> send(new RegisterAgent(id, name, null, null)));
            agents.add(id.value());
        }
        return id;
    }

    // ---- a task

    void claim(StepTask task, AgentId agent) {
        hold(task, TaskState.WORKING, send(new ClaimTask(task.id, agent)));
    }

    void assign(StepTask task, AgentId agent) {
        hold(task, TaskState.ASSIGNED, send(new AssignTask(task.id, agent)));
    }

    private static void hold(StepTask task, TaskState state, @Nullable Object assignment) {
        task.holder = (Assignment) Objects.requireNonNull(assignment);
        task.state = state;
    }

    private static Assignment holder(StepTask task) {
        return Objects.requireNonNull(task.holder);
    }

    void start(StepTask task) {
        send(new StartTask(task.id, holder(task).agentId(), task.token()));
        task.state = TaskState.WORKING;
    }

    void suspend(StepTask task) {
        send(new SuspendTask(task.id, holder(task).agentId(), task.token(), null));
        task.state = TaskState.SUSPENDED;
    }

    void resume(StepTask task) {
        send(new ResumeTask(task.id, holder(task).agentId(), task.token()));
        task.state = TaskState.WORKING;
    }

    void release(StepTask task, String reason) {
        send(new ReleaseTask(task.id, holder(task).agentId(), task.token(), reason));
        task.state = TaskState.SUBMITTED;
    }

    void complete(StepTask task, @Nullable JsonNode result) {
        send(new CompleteTask(task.id, holder(task).agentId(), task.token(), result, null));
        task.state = TaskState.COMPLETED;
    }

    void fail(StepTask task, String error) {
        send(new FailTask(task.id, holder(task).agentId(), task.token(), error, false, null));
        task.state = TaskState.FAILED;
    }

    void cancel(StepTask task, String reason) {
        send(new CancelTask(task.id, Names.cut(reason, TaskCommand.MAX_REASON)));
        task.state = TaskState.CANCELED;
    }

    void comment(StepTask task, String text) {
        send(new CommentOnTask(task.id, Names.cut(text, TaskCommand.MAX_TEXT)));
    }
}
