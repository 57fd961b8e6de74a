package dev.muster.agent;

import dev.muster.message.Cause;
import dev.muster.task.TaskId;
import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent as it is kept.
 *
 * @param retiredBy the event by which it retired
 */
@View
public record AgentRow(AgentView view, @Nullable Cause retiredBy) {

    /** By the plain identifier. */
    public static final ViewDefinition<AgentRow> DEFINITION = ViewDefinition.of(
                    "agent", 1, AgentRow.class, row -> row.view.agentId().value())
            .text("state", row -> row.view.state().toString())
            .flag("busy", row -> !row.view.holding().isEmpty())
            .names("capability", row -> row.view.capabilities());

    AgentRow capable(Set<String> capabilities, Instant at, long version) {
        return with(view.state(), capabilities, view.maxConcurrentTasks(), at, version, retiredBy);
    }

    AgentRow limited(@Nullable Integer limit, Instant at, long version) {
        return with(view.state(), view.capabilities(), limit, at, version, retiredBy);
    }

    AgentRow in(AgentState state, Instant at, long version, @Nullable Cause retiredBy) {
        return with(state, view.capabilities(), view.maxConcurrentTasks(), at, version, retiredBy);
    }

    AgentRow seen(Instant at, long version) {
        return in(view.state(), at, version, retiredBy);
    }

    /** Holding one task more, which says nothing about the agent's own version. */
    AgentRow holding(TaskId task) {
        var holding = new ArrayList<>(view.holding());
        holding.remove(task);
        holding.add(task);
        return holding(holding);
    }

    AgentRow without(TaskId task) {
        var holding = new ArrayList<>(view.holding());
        holding.remove(task);
        return holding(holding);
    }

    private AgentRow holding(ArrayList<TaskId> holding) {
        return new AgentRow(
                new AgentView(
                        view.agentId(),
                        view.displayName(),
                        view.state(),
                        view.capabilities(),
                        view.maxConcurrentTasks(),
                        holding,
                        view.registeredAt(),
                        view.changedAt(),
                        view.version()),
                retiredBy);
    }

    private AgentRow with(
            AgentState state,
            Set<String> capabilities,
            @Nullable Integer limit,
            Instant at,
            long version,
            @Nullable Cause retiredBy) {
        return new AgentRow(
                new AgentView(
                        view.agentId(),
                        view.displayName(),
                        state,
                        capabilities,
                        limit,
                        view.holding(),
                        view.registeredAt(),
                        at,
                        version),
                retiredBy);
    }
}
