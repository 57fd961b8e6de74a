package dev.muster.agent;

import dev.muster.task.TaskId;
import java.util.Set;

/** What a task has to know and to say of agents, in the unit of work that changes the task. */
public interface Agents {

    /**
     * Has an agent take a task.
     *
     * @param needed the capabilities that it must have
     * @param fencingToken of the assignment
     * @return whether one of the agent's limited slots was taken; false if the agent has no limit
     * @throws dev.muster.message.Refusal if the agent is unknown, suspended, retired, at its limit, or not capable
     */
    boolean take(AgentId agentId, TaskId taskId, Set<String> needed, long fencingToken);

    /** Frees the slot that was taken for that assignment. */
    void free(AgentId agentId, TaskId taskId, long fencingToken);
}
