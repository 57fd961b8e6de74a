package dev.muster.agent;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Why something asked of an agent is refused. */
final class AgentRefusals {

    private AgentRefusals() {}

    static Refusal notFound(AgentId agent) {
        return refusal(
                "agent-not-found",
                "There is no such agent",
                404,
                "There is no agent " + agent.value() + ". Register it with RegisterAgent, or correct the identifier.",
                agent,
                Map.of());
    }

    static Refusal exists(AgentId agent) {
        return refusal(
                "agent-exists",
                "The agent is registered already",
                409,
                "The agent " + agent.value()
                        + " is registered already. Change it with ChangeCapabilities or ChangeLimit, or choose another identifier.",
                agent,
                Map.of());
    }

    static Refusal suspended(AgentId agent) {
        return refusal(
                "agent-suspended",
                "The agent is suspended",
                409,
                "The agent " + agent.value()
                        + " is suspended and is given nothing new. Resume it with ResumeAgent first.",
                agent,
                Map.of());
    }

    static Refusal retired(AgentId agent) {
        return refusal(
                "agent-retired",
                "The agent is retired",
                409,
                "The agent " + agent.value() + " is retired, for good. Register another one.",
                agent,
                Map.of());
    }

    static Refusal notSuspended(AgentId agent) {
        return refusal(
                "agent-not-suspended",
                "The agent is not suspended",
                409,
                "The agent " + agent.value() + " is not suspended, so there is nothing to resume.",
                agent,
                Map.of());
    }

    static Refusal atLimit(AgentId agent, int limit) {
        return refusal(
                "agent-at-limit",
                "The agent holds as many tasks as it may",
                409,
                "The agent " + agent.value() + " holds " + limit
                        + " tasks at a time at most, and holds as many. End or release one of them first.",
                agent,
                Map.of("maxConcurrentTasks", limit));
    }

    static Refusal notCapable(AgentId agent, Set<String> missing) {
        return refusal(
                "agent-not-capable",
                "The agent lacks capabilities that the task needs",
                422,
                "The agent " + agent.value() + " lacks " + String.join(", ", missing)
                        + ". Choose another task, or give the agent the capability with ChangeCapabilities.",
                agent,
                Map.of("missing", List.copyOf(missing)));
    }

    private static Refusal refusal(
            String code, String title, int status, String detail, AgentId agent, Map<String, Object> more) {
        var extras = new HashMap<>(more);
        extras.put("agentId", agent.value());
        return new Refusal(new Problem(code, title, status, detail, extras));
    }
}
