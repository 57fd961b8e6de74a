package dev.muster.importer;

import dev.muster.agent.AgentId;
import dev.muster.task.TaskState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which commands each class of row stands for. */
final class RowMapping {

    private final BoardCommands board;
    private final ImportReport report;

    RowMapping(BoardCommands board, ImportReport report) {
        this.board = board;
        this.report = report;
    }

    /** Applies a row whose circumstances the board has been told. */
    void apply(BoardRow row) {
        var actor = board.agent(row.actor());
        if (row.type().equals("created")) {
            created(row);
            return;
        }
        var task = known(row);
        presuppose(row, task, actor);
        switch (row.type()) {
            case "claimed" -> claimed(row, task, actor);
            case "status_changed" -> statusChanged(row, task, actor);
            case "updated" -> updated(row, task);
            case "closed" -> closed(row, task, actor);
            case "reopened" -> reopened(row, task, actor);
            case "label_added" -> labelAdded(row, task);
            case "label_removed" -> labelRemoved(row, task);
            case "renamed" -> {
                board.comment(task, "Renamed from " + Objects.requireNonNullElse(row.oldText(), "another identifier"));
                report.applied("renamed");
            }
            default -> report.refused("a kind of row that this format does not have: " + row.type(), row.source());
        }
    }

    private void created(BoardRow row) {
        var task = board.find(row.issue());
        if (task == null) {
            board.submit(row.issue(), null, null, null);
            report.applied("created");
        } else {
            again(row, task, "a creation of what exists", "Created again");
        }
    }

    /** What the record says twice changes no state and is kept as a comment. */
    private void again(BoardRow row, ImportedTask task, String rowClass, String text) {
        board.comment(task, text);
        report.saidTwice(rowClass, row.source());
    }

    // ---- what a row presupposes

    private ImportedTask known(BoardRow row) {
        var task = board.find(row.issue());
        if (task == null) {
            board.presupposing(() ->
                    board.submit(row.issue(), row.fieldBefore("title"), row.fieldBefore("description"), priority(row)));
            return Objects.requireNonNull(board.find(row.issue()));
        }
        if (!task.titled && !row.fieldBefore("title").isBlank() && !task.state.isEnded()) {
            board.presupposing(() ->
                    board.describe(task, row.fieldBefore("title"), row.fieldBefore("description"), priority(row)));
        }
        return task;
    }

    private static @Nullable Integer priority(BoardRow row) {
        var text = row.fieldBefore("priority");
        return text.matches("[0-9]") ? Integer.valueOf(text) : null;
    }

    /** Brings a task to where the row says that it was, if it is elsewhere. */
    private void presuppose(BoardRow row, ImportedTask task, AgentId actor) {
        var status = row.fieldBefore("status");
        var assignee = row.fieldBefore("assignee");
        board.presupposing(() -> {
            switch (status) {
                case "open", "pinned" -> beFree(task);
                case "hooked" -> beHeld(task, assignee.isBlank() ? actor : board.agent(assignee), false);
                case "in_progress" -> beHeld(task, assignee.isBlank() ? actor : board.agent(assignee), true);
                case "closed" -> beCompleted(task, assignee.isBlank() ? actor : board.agent(assignee), null);
                default -> {
                    // Nothing is said of where it was.
                }
            }
        });
    }

    private void beFree(ImportedTask task) {
        if (task.state.isHeld()) {
            board.release(task, "presupposed by the record");
        } else if (task.state.isEnded()) {
            board.reopen(task, "presupposed by the record");
        }
    }

    private void beHeld(ImportedTask task, AgentId agent, boolean working) {
        if (!task.isHeldBy(agent.value()) || (!working && task.state == TaskState.WORKING)) {
            beFree(task);
            board.assign(task, agent);
        }
        if (working && task.state == TaskState.ASSIGNED) {
            board.start(task);
        }
    }

    private void beCompleted(ImportedTask task, AgentId agent, @Nullable String result) {
        if (!task.state.isEnded()) {
            beWorking(task, agent);
            board.complete(task, result);
        }
    }

    /** Has somebody work on it: its holder if it has one. */
    private void beWorking(ImportedTask task, AgentId otherwise) {
        if (!task.state.isHeld()) {
            board.assign(task, otherwise);
        }
        if (task.state == TaskState.ASSIGNED) {
            board.start(task);
        }
    }

    // ---- what a row says

    private void claimed(BoardRow row, ImportedTask task, AgentId actor) {
        if (task.isHeldBy(actor.value())) {
            if (task.state == TaskState.ASSIGNED) {
                board.start(task);
                report.applied("claimed: started by who was assigned");
            } else {
                again(row, task, "a claim by who works on it", "Claimed again");
            }
            return;
        }
        if (task.state.isEnded()) {
            board.presupposing(() -> beFree(task));
        }
        var handOver = task.state.isHeld();
        if (handOver) {
            board.release(task, "handed over");
        }
        board.claim(task, actor);
        report.applied(handOver ? "claimed: handed over" : "claimed");
    }

    private void statusChanged(BoardRow row, ImportedTask task, AgentId actor) {
        switch (row.field("status")) {
            case "open" -> opened(row, task);
            case "hooked" -> hooked(row, task, actor);
            case "in_progress" -> inProgress(row, task, actor);
            case "pinned" -> pinned(row, task);
            default ->
                report.refused("a status that boards of this format do not have: " + row.field("status"), row.source());
        }
    }

    private void opened(BoardRow row, ImportedTask task) {
        if (task.state.isHeld()) {
            board.release(task, "put back on the board");
            report.applied("status: released");
        } else if (task.state.isEnded()) {
            board.reopen(task, "its status was set to open");
            report.applied("status: reopened");
        } else {
            again(row, task, "a status that it has: open", "Status open again");
        }
    }

    private void hooked(BoardRow row, ImportedTask task, AgentId actor) {
        var agent = row.field("assignee").isBlank() ? holderOr(task, actor) : board.agent(row.field("assignee"));
        if (task.isHeldBy(agent.value()) && task.state == TaskState.ASSIGNED) {
            again(row, task, "a status that it has: hooked", "Assigned again");
            return;
        }
        if (task.state.isEnded()) {
            board.presupposing(() -> beFree(task));
        }
        var handOver = task.state.isHeld();
        if (handOver) {
            board.release(task, "handed over");
        }
        board.assign(task, agent);
        report.applied(handOver ? "status: handed over" : "status: assigned");
    }

    private static AgentId holderOr(ImportedTask task, AgentId actor) {
        return task.state.isHeld() ? Objects.requireNonNull(task.holder).agentId() : actor;
    }

    private void inProgress(BoardRow row, ImportedTask task, AgentId actor) {
        var named = row.field("assignee").isBlank() ? row.fieldBefore("assignee") : row.field("assignee");
        var agent = named.isBlank() ? holderOr(task, actor) : board.agent(named);
        if (task.isHeldBy(agent.value())) {
            if (task.state == TaskState.WORKING) {
                again(row, task, "a status that it has: in_progress", "In progress again");
            } else {
                board.start(task);
                report.applied("status: started");
            }
            return;
        }
        if (task.state.isEnded()) {
            board.presupposing(() -> beFree(task));
        }
        var handOver = task.state.isHeld();
        if (handOver) {
            board.release(task, "handed over");
        }
        board.claim(task, agent);
        report.applied(handOver ? "status: handed over" : "status: claimed");
    }

    private void pinned(BoardRow row, ImportedTask task) {
        if (task.labels.contains("pinned")) {
            again(row, task, "a status that it has: pinned", "Pinned again");
        } else {
            board.label(task, "pinned");
            report.applied("status: pinned");
        }
    }

    private void updated(BoardRow row, ImportedTask task) {
        if (row.has("description") && task.state.isEnded()) {
            again(row, task, "a revision of what has ended", "Revised after its end: " + row.field("description"));
            return;
        }
        if (row.has("description")) {
            board.instruct(task, row.field("description"));
        }
        if (row.value() != null) {
            for (var name : row.value().propertyNames()) {
                if (!name.equals("description")) {
                    board.comment(task, name + ": " + row.field(name));
                }
            }
        }
        report.applied("updated");
    }

    private void closed(BoardRow row, ImportedTask task, AgentId actor) {
        if (task.state.isEnded()) {
            again(row, task, "a closing of what is closed", "Closed again: " + reason(row));
            return;
        }
        board.presupposing(() -> beWorking(task, actor));
        board.complete(task, row.text());
        report.applied("closed");
    }

    private static String reason(BoardRow row) {
        return row.text() == null || row.text().isBlank() ? "no reason was given" : row.text();
    }

    private void reopened(BoardRow row, ImportedTask task, AgentId actor) {
        if (!task.state.isEnded()) {
            board.presupposing(() -> beCompleted(task, actor, null));
        }
        board.reopen(task, "reopened by " + row.actor());
        var assignee = row.fieldBefore("assignee");
        var agent = assignee.isBlank() ? actor : board.agent(assignee);
        board.presupposing(() -> {
            switch (row.field("status")) {
                case "in_progress" -> beHeld(task, agent, true);
                case "hooked" -> beHeld(task, agent, false);
                default -> {
                    // Open, as a reopened task is.
                }
            }
        });
        report.applied("reopened");
    }

    private void labelAdded(BoardRow row, ImportedTask task) {
        var label = label(row, "Added label: ");
        if (task.labels.contains(label)) {
            again(row, task, "a label that it has", "Labeled again: " + label);
        } else {
            board.label(task, label);
            report.applied("label_added");
        }
    }

    private void labelRemoved(BoardRow row, ImportedTask task) {
        var label = label(row, "Removed label: ");
        if (!task.labels.contains(label)) {
            board.presupposing(() -> board.label(task, label));
        }
        board.unlabel(task, label);
        report.applied("label_removed");
    }

    private static String label(BoardRow row, String prefix) {
        var text = row.text() == null ? "" : row.text();
        return BoardCommands.cut(text.startsWith(prefix) ? text.substring(prefix.length()) : text, 200);
    }
}
