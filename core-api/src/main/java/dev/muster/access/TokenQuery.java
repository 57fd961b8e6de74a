package dev.muster.access;

import dev.muster.agent.AgentId;
import dev.muster.message.Description;
import dev.muster.message.Page;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import org.jspecify.annotations.Nullable;

/** What can be asked about tokens. */
public sealed interface TokenQuery {

    @RequiresRole(Role.AUDITOR)
    @Description("The tokens that were issued, by identifier, also those that were revoked; never a secret")
    record FindTokens(
            @Description("Only those of this role") @Nullable
            TokenRole role,

            @Description("Only those of this agent") @Nullable
            AgentId agentId,

            @Description("Only those that were revoked, or only those that were not") @Nullable
            Boolean revoked,

            @Description("How many at most: 1 to 500, 50 if left out") @Nullable
            Integer limit,

            @Description("What the page before gave as next; the first page if left out") @Nullable
            String cursor)
            implements TokenQuery {
        public FindTokens {
            limit = Page.limit(limit);
        }
    }
}
