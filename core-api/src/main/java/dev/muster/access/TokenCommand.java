package dev.muster.access;

import dev.muster.agent.AgentId;
import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.EntityId;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a token. */
public sealed interface TokenCommand {

    /** How many characters a token's name has at most. */
    int MAX_NAME = 100;

    TokenId tokenId();

    /** Makes a token. Its secret is in the answer, once, and nowhere else. */
    @RequiresRole(Role.OPERATOR)
    @Description("Make a token for an agent, an operator or an auditor; its secret is answered once and kept nowhere")
    record IssueToken(
            @Description("The identifier it is to have") @TargetAggregateIdentifier
            TokenId tokenId,

            @Description(
                    "Who an operator or auditor is called in the history, without blanks; the identifier if left out")
            @Nullable
            String name,

            @Description("What its bearer may do") TokenRole role,

            @Description("The agent as which its bearer acts; for the role agent, and for no other") @Nullable
            AgentId agentId,

            @Description("From when on it is refused; never if left out") @Nullable
            Instant expiresAt)
            implements TokenCommand {
        public IssueToken {
            Check.required("tokenId", tokenId);
            Check.required("role", role);
            if (name != null) {
                EntityId.check("name", Check.text("name", name, MAX_NAME));
            }
        }
    }

    /** Ends a token: from the answer on it is refused, and the streams that were opened with it end. */
    @RequiresRole(Role.OPERATOR)
    @Description("End a token for good; from the answer on it is refused")
    record RevokeToken(
            @TargetAggregateIdentifier TokenId tokenId,

            @Description("Why") @Nullable String reason) implements TokenCommand {
        public RevokeToken {
            Check.required("tokenId", tokenId);
            Check.optionalText("reason", reason, 2_000);
        }
    }
}
