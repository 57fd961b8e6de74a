package dev.muster.importer;

import dev.muster.message.Refusal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Replays the record of a board, row after row, through commands. It never looks ahead: what it has sent after a row does
 * not depend on what follows. A dependency is added before the first row that is later, or as soon as both its ends have
 * been mentioned; one that is later than the last row is left out.
 */
public final class BoardImport {

    private final List<BoardRow> rows;
    private final Deque<Dependency> dependencies;
    private final ImportReport report = new ImportReport();
    private final BoardCommands board;
    private final RowMapping mapping;
    /** Dependencies whose time has come and one end of which has not been mentioned, by that end. */
    private final Map<String, List<Dependency>> unmentioned = new HashMap<>();

    private final Set<String> mentioned = new HashSet<>();

    public BoardImport(BoardRecord record, CommandSink sink) {
        this.rows = record.rows();
        this.dependencies = new ArrayDeque<>(record.dependencies());
        this.board = new BoardCommands(sink, report);
        this.mapping = new RowMapping(board, report);
    }

    /**
     * Sends the commands of all rows.
     *
     * @param progress is told how many rows are done
     */
    public ImportReport run(LongConsumer progress) {
        var done = 0L;
        for (var row : rows) {
            dependenciesBefore(row.at());
            apply(row);
            mention(row);
            progress.accept(++done);
        }
        dependencies.forEach(late -> report.dependency("later than the last row", late.source()));
        unmentioned.values().stream()
                .flatMap(List::stream)
                .forEach(edge -> report.dependency("an end is never mentioned", edge.source()));
        return report;
    }

    private void apply(BoardRow row) {
        board.at(new CommandSink.Circumstances(row.at(), BoardCommands.identifier(row.actor()), false, row.source()));
        try {
            mapping.apply(row);
        } catch (Refusal refusal) {
            report.refused(row.type() + ": " + refusal.problem().code(), row.source());
        }
    }

    // ---- dependencies

    private void dependenciesBefore(Instant at) {
        while (!dependencies.isEmpty() && dependencies.peek().at().isBefore(at)) {
            var edge = dependencies.remove();
            addOrWait(edge, edge.at());
        }
    }

    private void addOrWait(Dependency edge, Instant at) {
        for (var end : List.of(edge.issue(), edge.on())) {
            if (!mentioned.contains(end)) {
                unmentioned.computeIfAbsent(end, key -> new ArrayList<>()).add(edge);
                return;
            }
        }
        add(edge, at);
    }

    private void mention(BoardRow row) {
        if (board.find(row.issue()) != null && mentioned.add(row.issue())) {
            var waiting = unmentioned.remove(row.issue());
            if (waiting != null) {
                waiting.forEach(edge -> addOrWait(edge, row.at()));
            }
        }
    }

    private void add(Dependency edge, Instant at) {
        board.at(new CommandSink.Circumstances(at, BoardCommands.identifier(edge.actor()), false, edge.source()));
        var task = board.find(edge.issue());
        var other = board.find(edge.on());
        if (task == null || other == null) {
            return;
        }
        try {
            board.agent(edge.actor());
            switch (edge.type()) {
                case "blocks" -> onUnended(task, edge, () -> board.block(task, other));
                case "parent-child" -> onUnended(task, edge, () -> board.adopt(other, task));
                default -> {
                    board.comment(task, edge.type() + ": " + edge.on());
                    report.dependency(edge.type() + ": kept as a comment", edge.source());
                }
            }
        } catch (Refusal refusal) {
            report.dependency(edge.type() + ": " + refusal.problem().code(), edge.source());
        }
    }

    private void onUnended(ImportedTask task, Dependency edge, Runnable command) {
        if (task.state.isEnded()) {
            report.dependency(edge.type() + ": the task had ended", edge.source());
        } else {
            command.run();
            report.dependency(edge.type() + ": added", edge.source());
        }
    }
}
