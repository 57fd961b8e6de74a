package dev.muster.task;

import dev.muster.agent.AgentRow;
import dev.muster.agent.AgentState;
import dev.muster.message.Page;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.TaskQuery.*;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what can be asked about tasks. */
public final class TaskQueries {

    private final ViewStore<TaskRow> tasks;
    private final ViewStore<BlockerRow> blockers;
    private final ViewStore<AgentRow> agents;

    public TaskQueries(ViewStore<TaskRow> tasks, ViewStore<BlockerRow> blockers, ViewStore<AgentRow> agents) {
        this.tasks = tasks;
        this.blockers = blockers;
        this.agents = agents;
    }

    @QueryHandler
    public TaskView handle(GetTask query) {
        return tasks.get(query.taskId().value()).map(TaskRow::view).orElseThrow(() -> notFound(query.taskId()));
    }

    private static Refusal notFound(TaskId task) {
        return new Refusal(new Problem(
                "task-not-found",
                "There is no such task",
                404,
                "There is no task " + task.value() + ". Submit it first, or correct the identifier.",
                Map.of("taskId", task.value())));
    }

    @QueryHandler
    public Page<TaskSummary> handle(FindTasks query) {
        var selection = Selection.all()
                .where("state", query.state() == null ? null : query.state().toString())
                .where("ready", query.ready())
                .where("stalled", query.stalled())
                .where("agent", query.agentId() == null ? null : query.agentId().value())
                .having("capability", query.capability())
                .having("label", query.label())
                .where(
                        "parent",
                        query.parentId() == null ? null : query.parentId().value())
                .where(
                        "mission",
                        query.missionId() == null ? null : query.missionId().value());
        var page = tasks.find(selection, query.limit(), query.cursor());
        return new Page<>(page.items().stream().map(TaskRow::summary).toList(), page.next());
    }

    @QueryHandler
    public TaskCounts handle(CountTasks query) {
        var selection = Selection.all()
                .where("ready", query.ready())
                .where("stalled", query.stalled())
                .where("agent", query.agentId() == null ? null : query.agentId().value())
                .having("capability", query.capability())
                .having("label", query.label())
                .where(
                        "parent",
                        query.parentId() == null ? null : query.parentId().value())
                .where(
                        "mission",
                        query.missionId() == null ? null : query.missionId().value());
        var counted = tasks.countBy("state", selection);
        var byState = new LinkedHashMap<TaskState, Long>();
        for (var state : TaskState.values()) {
            if (counted.containsKey(state.toString())) {
                byState.put(state, counted.get(state.toString()));
            }
        }
        return new TaskCounts(
                byState.values().stream().mapToLong(Long::longValue).sum(), byState);
    }

    @QueryHandler
    public DueTasks handle(FindDueTasks query) {
        var due = new ArrayList<Due>();
        for (var row : overdue("leaseDue", query)) {
            due.add(new Due.Lease(row.view().taskId(), row.view().fencingToken(), row.leaseEvent()));
        }
        for (var row : overdue("retryDue", query)) {
            due.add(new Due.Backoff(row.view().taskId(), row.retryEvent()));
        }
        for (var row : overdue("deadlineDue", query)) {
            due.add(new Due.Deadline(row.view().taskId(), row.deadlineEvent()));
        }
        var met = Selection.all().where("met", true).orderBy("addedAt");
        for (var row : blockers.find(met, query.limit(), null).items()) {
            due.add(new Due.BlockerMet(row.taskId(), row.blockerId(), row.state(), row.stateEvent()));
        }
        due.addAll(heldByRetired(query.limit()));
        return new DueTasks(due);
    }

    private List<TaskRow> overdue(String column, FindDueTasks query) {
        return tasks.find(Selection.all().atMost(column, query.now()).orderBy(column), query.limit(), null)
                .items();
    }

    private List<Due> heldByRetired(int limit) {
        var retired =
                Selection.all().where("state", AgentState.RETIRED.toString()).where("busy", true);
        var due = new ArrayList<Due>();
        for (var agent : agents.find(retired, limit, null).items()) {
            for (var held : agent.view().holding()) {
                tasks.get(held.value())
                        .filter(row -> row.view().state().isHeld() && due.size() < limit)
                        .ifPresent(row -> due.add(new Due.HolderRetired(
                                held, agent.view().agentId(), row.view().fencingToken(), agent.retiredBy())));
            }
        }
        return due;
    }

    @QueryHandler
    public BlockerCycles handle(FindBlockerCycles query) {
        return new BlockerCycles(
                Cycles.in(blockers.all(Selection.all().where("open", true).orderBy("addedAt"))));
    }
}
