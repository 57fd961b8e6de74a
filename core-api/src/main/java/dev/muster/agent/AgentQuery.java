package dev.muster.agent;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.Page;
import org.jspecify.annotations.Nullable;

/** What can be asked about agents. */
public sealed interface AgentQuery {

    @Description("One agent: its state, capabilities, limit, and the tasks it holds")
    record GetAgent(AgentId agentId) implements AgentQuery {
        public GetAgent {
            Check.required("agentId", agentId);
        }
    }

    @Description("The agents, by identifier")
    record FindAgents(
            @Description("Only those in this state") @Nullable
            AgentState state,

            @Description("Only those capable of this") @Nullable
            String capability,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements AgentQuery {
        public FindAgents {
            limit = Page.limit(limit);
        }
    }
}
