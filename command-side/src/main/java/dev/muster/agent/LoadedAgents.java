package dev.muster.agent;

import dev.muster.task.TaskId;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Agents as aggregates, loaded and locked in the unit of work of the task: the task first, then its agent, so that two
 * never wait for each other. What they emit is appended together with the task's events or not at all.
 */
public final class LoadedAgents implements Agents {

    private final Supplier<Repository<Agent>> wired;
    private volatile @Nullable Repository<Agent> repository;

    /** @param wired the repository; asked for once, when it is first needed, since tasks and agents are wired up side by side */
    public LoadedAgents(Supplier<Repository<Agent>> wired) {
        this.wired = wired;
    }

    @Override
    public boolean take(AgentId agentId, TaskId taskId, Set<String> needed, long fencingToken) {
        return load(agentId).invoke(agent -> agent.take(taskId, needed, fencingToken));
    }

    @Override
    public void free(AgentId agentId, TaskId taskId, long fencingToken) {
        Consumer<Agent> free = agent -> agent.free(taskId, fencingToken);
        load(agentId).execute(free);
    }

    private Aggregate<Agent> load(AgentId agentId) {
        try {
            return repository().load(agentId.toString());
        } catch (AggregateNotFoundException e) {
            throw AgentRefusals.notFound(agentId);
        }
    }

    private Repository<Agent> repository() {
        var known = repository;
        if (known == null) {
            known = wired.get();
            repository = known;
        }
        return known;
    }
}
