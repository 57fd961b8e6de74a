package dev.muster.importer.conversation;

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
import dev.muster.task.TaskCommand.StartTask;
import dev.muster.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sends the commands of one conversation. Each turn's commands name the turn that it refers to as their cause. */
final class ConversationImport {

    private static final String ASKED = "#question";

    private final Conversation conversation;
    private final CommandSink sink;
    private final ImportReport report;
    private final Set<AgentId> agents;
    private final References references = new References();
    private final TaskId run;
    private final String question;
    private final List<Handed> open = new ArrayList<>();
    private @Nullable Assignment holder;
    private Circumstances now;

    /** A piece of work that one turn handed to an agent. */
    private record Handed(TaskId task, int by, String to, Assignment assignment) {}

    /** @param agents who is registered already; who is registered here is added */
    ConversationImport(
            Conversation conversation, Instant begin, CommandSink sink, ImportReport report, Set<AgentId> agents) {
        this.conversation = conversation;
        this.sink = sink;
        this.report = report;
        this.agents = agents;
        this.run = TaskId.of(conversation.id());
        var first = conversation.turns().get(0);
        this.question = first.isHuman() ? first.source() : conversation.source() + ASKED;
        this.now = new Circumstances(begin, Words.actor(Turn.HUMAN), false, question);
    }

    void ask() {
        send(Words.submit(run, conversation.question(), null));
    }

    void apply(Turn turn, Instant at) {
        var refers = references.of(turn);
        var cause =
                refers.isPresent() ? conversation.turns().get(refers.getAsInt()).source() : question;
        now = new Circumstances(at, Words.actor(turn.speaker()), false, turn.source(), null, cause);
        var answers = OptionalInt.empty();
        if (turn.index() == 0 && turn.isHuman()) {
            report.applied("question");
        } else {
            takePart(turn);
            answers = say(turn);
        }
        references.add(turn, answers);
    }

    private void takePart(Turn turn) {
        if (turn.isHuman()) {
            return;
        }
        if (agents.add(Words.agent(turn.speaker()))) {
            presupposing(() ->
                    send(new RegisterAgent(Words.agent(turn.speaker()), Words.cut(turn.speaker(), 200), null, null)));
        }
        if (holder == null) {
            presupposing(() -> holder = (Assignment) send(new ClaimTask(run, Words.agent(turn.speaker()))));
        }
    }

    /** @return which turn it gives an answer to, if it was handed something */
    private OptionalInt say(Turn turn) {
        if (turn.addressee() != null) {
            hand(turn, turn.addressee());
            return OptionalInt.empty();
        }
        if (turn.isOutput() && turn.index() > 0 && before(turn).hasCode()) {
            return OptionalInt.of(runCode(turn));
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            if (open.get(i).to().equals(turn.speaker())) {
                return OptionalInt.of(answer(open.remove(i), turn));
            }
        }
        send(new CommentOnTask(run, Words.cut(Words.spoken(turn), TaskCommand.MAX_TEXT)));
        report.applied("turn");
        return OptionalInt.empty();
    }

    private Turn before(Turn turn) {
        return conversation.turns().get(turn.index() - 1);
    }

    private void hand(Turn turn, String to) {
        if (agents.add(Words.agent(to))) {
            presupposing(() -> send(new RegisterAgent(Words.agent(to), Words.cut(to, 200), null, null)));
        }
        var task = part(turn);
        send(Words.submit(task, Words.spoken(turn), run));
        var assignment = Objects.requireNonNull((Assignment) send(new AssignTask(task, Words.agent(to))));
        open.add(new Handed(task, turn.index(), to, assignment));
        report.applied("instruction");
    }

    private int answer(Handed handed, Turn turn) {
        var token = handed.assignment().fencingToken();
        presupposing(() -> send(new StartTask(handed.task(), Words.agent(turn.speaker()), token)));
        send(new CompleteTask(handed.task(), Words.agent(turn.speaker()), token, Words.result(turn), null));
        report.applied("answer");
        return handed.by();
    }

    private int runCode(Turn turn) {
        var author = before(turn);
        var task = part(author);
        var said = now;
        now = new Circumstances(said.at(), Words.actor(author.speaker()), true, said.source(), null, said.causedBy());
        send(Words.submit(task, "Run the code of turn " + author.index(), run));
        now = said;
        var agent = Words.agent(turn.speaker());
        presupposing(() -> holding(task, agent, turn));
        report.applied(turn.isFailedOutput() ? "code that failed" : "code that ran");
        return author.index();
    }

    private void holding(TaskId task, AgentId agent, Turn turn) {
        var token = Objects.requireNonNull((Assignment) send(new ClaimTask(task, agent)))
                .fencingToken();
        now = new Circumstances(now.at(), now.actor(), false, now.source(), null, now.causedBy());
        send(
                turn.isFailedOutput()
                        ? new FailTask(
                                task, agent, token, Words.cut(Words.spoken(turn), TaskCommand.MAX_TEXT), false, null)
                        : new CompleteTask(task, agent, token, Words.result(turn), null));
    }

    /** The end of it, caused by the last turn. */
    void end(Instant at) {
        var last = conversation.turns().get(conversation.turns().size() - 1);
        var source = conversation.source() + "#end";
        for (var left : open) {
            now = new Circumstances(
                    at, Words.actor(conversation.turns().get(left.by()).speaker()), true, source, null, last.source());
            send(new CancelTask(left.task(), "it was never answered"));
        }
        if (holder == null) {
            return;
        }
        now = new Circumstances(at, holder.agentId().value(), false, source, null, last.source());
        send(
                conversation.succeeded()
                        ? new CompleteTask(run, holder.agentId(), holder.fencingToken(), Words.result(last), null)
                        : new FailTask(run, holder.agentId(), holder.fencingToken(), failure(), false, null));
    }

    private String failure() {
        return Words.cut(
                conversation.expected() == null
                        ? "the expected answer was not given"
                        : "the expected answer was not given: " + conversation.expected(),
                TaskCommand.MAX_REASON);
    }

    // ---- commands

    private @Nullable Object send(Object command) {
        var answer = sink.send(command, now);
        report.sent(now.inferred());
        return answer;
    }

    private void presupposing(Runnable commands) {
        var said = now;
        now = new Circumstances(said.at(), said.actor(), true, said.source(), null, said.causedBy());
        commands.run();
        now = said;
    }

    private TaskId part(Turn turn) {
        return TaskId.of(run.value() + "/" + turn.index());
    }
}
