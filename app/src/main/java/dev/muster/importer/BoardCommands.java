package dev.muster.importer;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.message.EntityId;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskCommand.*;
import dev.muster.task.TaskId;
import dev.muster.task.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/**
 * The board as the importer has made it so far, and the commands that change it. Each method sends one command and notes
 * what came of it; whether it was said by the record or presupposed is set beforehand.
 */
final class BoardCommands {

    private static final String SYSTEM = "system:import";

    private final CommandSink sink;
    private final ImportReport report;
    private final Map<String, ImportedTask> tasks = new LinkedHashMap<>();
    private final Map<TaskId, Set<TaskId>> waitingFor = new LinkedHashMap<>();
    private final Set<AgentId> agents = new LinkedHashSet<>();
    private CommandSink.@Nullable Circumstances now;

    BoardCommands(CommandSink sink, ImportReport report) {
        this.sink = sink;
        this.report = report;
    }

    /** Says when, by whom and why the next commands are sent. */
    void at(CommandSink.Circumstances circumstances) {
        now = circumstances;
    }

    private CommandSink.Circumstances now() {
        return Objects.requireNonNull(now);
    }

    /** Runs something whose commands the record does not say, but presupposes. */
    void presupposing(Runnable commands) {
        var said = now();
        now = new CommandSink.Circumstances(said.at(), said.actor(), true, said.source());
        try {
            commands.run();
        } finally {
            now = said;
        }
    }

    private @Nullable Object send(Object command) {
        var answer = sink.send(command, now());
        report.sent(now().inferred());
        return answer;
    }

    // ---- agents

    /** The identifier of an agent of that name; who was not known is registered. */
    AgentId agent(String name) {
        var id = AgentId.of(identifier(name));
        if (!agents.contains(id)) {
            presupposing(() -> send(new RegisterAgent(id, cut(name, 200), null, null)));
            agents.add(id);
        }
        return id;
    }

    static String identifier(String name) {
        var id = name.strip().replaceAll("[\\s\\p{Cntrl}\\p{Z}]+", "-");
        return id.length() <= EntityId.MAX_LENGTH ? id : id.substring(0, EntityId.MAX_LENGTH);
    }

    // ---- tasks

    @Nullable
    ImportedTask find(String issue) {
        return tasks.get(issue);
    }

    ImportedTask submit(
            String issue, @Nullable String title, @Nullable String instruction, @Nullable Integer priority) {
        var id = TaskId.of(identifier(issue));
        var name = title == null || title.isBlank() ? issue : title;
        send(new SubmitTask(
                id,
                cut(name, TaskCommand.MAX_TITLE),
                instructionOf(name, instruction),
                priority,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        var task = new ImportedTask(id);
        task.titled = title != null && !title.isBlank();
        tasks.put(issue, task);
        return task;
    }

    /** Gives a task the title and the rest that the record tells only later. */
    void describe(ImportedTask task, String title, @Nullable String instruction, @Nullable Integer priority) {
        send(new ReviseTask(
                task.id,
                cut(title, TaskCommand.MAX_TITLE),
                instructionOf(title, instruction),
                priority,
                null,
                null,
                null,
                null,
                null,
                null));
        task.titled = true;
    }

    /** A title that is too long stands in full in the instruction. */
    private static @Nullable String instructionOf(String title, @Nullable String instruction) {
        var text = title.length() <= TaskCommand.MAX_TITLE
                ? instruction
                : title + (instruction == null ? "" : "\n\n" + instruction);
        return text == null || text.isBlank() ? null : cut(text, TaskCommand.MAX_INSTRUCTION);
    }

    void claim(ImportedTask task, AgentId agent) {
        if (task.openBlockers.isEmpty()) {
            hold(task, TaskState.WORKING, send(new ClaimTask(task.id, agent)));
        } else {
            // A board does not mind what a task waits for, and neither does an assignment.
            assign(task, agent);
            start(task);
        }
    }

    void assign(ImportedTask task, AgentId agent) {
        hold(task, TaskState.ASSIGNED, send(new AssignTask(task.id, agent)));
    }

    private static void hold(ImportedTask task, TaskState state, @Nullable Object assignment) {
        task.holder = (Assignment) Objects.requireNonNull(assignment);
        task.state = state;
    }

    void start(ImportedTask task) {
        var holder = Objects.requireNonNull(task.holder);
        send(new StartTask(task.id, holder.agentId(), holder.fencingToken()));
        task.state = TaskState.WORKING;
    }

    void release(ImportedTask task, String reason) {
        var holder = Objects.requireNonNull(task.holder);
        send(new ReleaseTask(task.id, holder.agentId(), holder.fencingToken(), reason));
        task.state = TaskState.SUBMITTED;
    }

    void complete(ImportedTask task, @Nullable String result) {
        var holder = Objects.requireNonNull(task.holder);
        send(new CompleteTask(
                task.id,
                holder.agentId(),
                holder.fencingToken(),
                result == null || result.isBlank() ? null : StringNode.valueOf(cut(result, TaskCommand.MAX_TEXT / 2)),
                null));
        task.state = TaskState.COMPLETED;
        for (var waiting : List.copyOf(waitingFor.getOrDefault(task.id, Set.of()))) {
            clear(waiting, task);
        }
    }

    void reopen(ImportedTask task, String reason) {
        send(new ReopenTask(task.id, reason, null));
        task.state = TaskState.SUBMITTED;
        for (var blocker : List.copyOf(task.openBlockers)) {
            clear(task.id, tasks.get(blocker.value()));
        }
    }

    void instruct(ImportedTask task, String instruction) {
        var clear = instruction.isBlank() ? Set.of(Clearable.INSTRUCTION) : null;
        send(new ReviseTask(
                task.id,
                null,
                instruction.isBlank() ? null : cut(instruction, TaskCommand.MAX_INSTRUCTION),
                null,
                null,
                null,
                null,
                null,
                null,
                clear));
    }

    void label(ImportedTask task, String label) {
        send(new LabelTask(task.id, Set.of(label), null));
        task.labels.add(label);
    }

    void unlabel(ImportedTask task, String label) {
        send(new LabelTask(task.id, null, Set.of(label)));
        task.labels.remove(label);
    }

    void comment(ImportedTask task, String text) {
        send(new CommentOnTask(task.id, cut(text, TaskCommand.MAX_TEXT)));
    }

    // ---- what they wait for

    void block(ImportedTask task, ImportedTask blocker) {
        send(new AddBlocker(task.id, blocker.id, null));
        task.openBlockers.add(blocker.id);
        waitingFor.computeIfAbsent(blocker.id, id -> new LinkedHashSet<>()).add(task.id);
        clear(task.id, blocker);
    }

    void adopt(ImportedTask parent, ImportedTask child) {
        send(new ReviseTask(child.id, null, null, null, null, parent.id, null, null, null, null));
    }

    /** What supervision would do: a blocker that is completed blocks no more. A task that has ended is let be. */
    private void clear(TaskId waiting, @Nullable ImportedTask blocker) {
        var task = tasks.get(waiting.value());
        if (task == null
                || blocker == null
                || task.state.isEnded()
                || blocker.state != TaskState.COMPLETED
                || !task.openBlockers.contains(blocker.id)) {
            return;
        }
        var said = now();
        now = new CommandSink.Circumstances(said.at(), SYSTEM, said.inferred(), said.source());
        try {
            send(new ClearBlocker(task.id, blocker.id, TaskState.COMPLETED));
            task.openBlockers.remove(blocker.id);
            waitingFor.getOrDefault(blocker.id, Set.of()).remove(task.id);
        } finally {
            now = said;
        }
    }

    List<ImportedTask> all() {
        return new ArrayList<>(tasks.values());
    }

    static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 1) + "…";
    }
}
