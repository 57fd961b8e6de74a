package dev.muster.agent;

import dev.muster.agent.AgentQuery.FindAgents;
import dev.muster.agent.AgentQuery.GetAgent;
import dev.muster.message.Page;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what can be asked about agents. */
public final class AgentQueries {

    private final ViewStore<AgentRow> agents;

    public AgentQueries(ViewStore<AgentRow> agents) {
        this.agents = agents;
    }

    @QueryHandler
    public AgentView handle(GetAgent query) {
        return agents.get(query.agentId().value()).map(AgentRow::view).orElseThrow(() -> notFound(query.agentId()));
    }

    @QueryHandler
    public Page<AgentView> handle(FindAgents query) {
        var page = agents.find(
                Selection.all()
                        .where(
                                "state",
                                query.state() == null ? null : query.state().toString())
                        .having("capability", query.capability()),
                query.limit(),
                query.cursor());
        return new Page<>(page.items().stream().map(AgentRow::view).toList(), page.next());
    }

    private static Refusal notFound(AgentId agent) {
        return new Refusal(new Problem(
                "agent-not-found",
                "There is no such agent",
                404,
                "There is no agent " + agent.value() + ". Register it with RegisterAgent, or correct the identifier.",
                Map.of("agentId", agent.value())));
    }
}
