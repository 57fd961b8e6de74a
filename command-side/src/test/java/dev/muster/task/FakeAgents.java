package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.agent.Agents;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Agents that take whatever they are given, with a slot or without, and remember what was asked of them. */
final class FakeAgents implements Agents {

    /** What was taken, as {@code agent task token capabilities}. */
    final List<String> taken = new ArrayList<>();

    /** What was freed, as {@code agent task token}. */
    final List<String> freed = new ArrayList<>();

    private boolean limited;
    private @Nullable Refusal refusal;

    void beLimited() {
        limited = true;
    }

    void refuse(Refusal refused) {
        refusal = refused;
    }

    @Override
    public boolean take(AgentId agentId, TaskId taskId, Set<String> needed, long fencingToken) {
        if (refusal != null) {
            throw refusal;
        }
        taken.add(agentId.value() + " " + taskId.value() + " " + fencingToken + " " + needed);
        return limited;
    }

    @Override
    public void free(AgentId agentId, TaskId taskId, long fencingToken) {
        freed.add(agentId.value() + " " + taskId.value() + " " + fencingToken);
    }
}
