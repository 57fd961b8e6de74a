package dev.muster.access;

import dev.muster.agent.AgentId;
import dev.muster.message.Description;
import dev.muster.message.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@link TokenCommand.IssueToken}.
 *
 * @param token the secret, to be sent as {@code Authorization: Bearer}. It is there once: the same command repeated under its
 *     key is answered without it
 */
public record IssuedToken(
        TokenId tokenId,
        TokenRole role,
        @Nullable AgentId agentId,
        @Nullable Instant expiresAt,

        @Secret
        @Description("The secret, to be sent as Authorization: Bearer; absent from the answer to a repeated key")
        @Nullable
        String token) {

    /** Without the secret, so that it does not get into a log by a careless line. */
    @Override
    public String toString() {
        return "IssuedToken[tokenId=" + tokenId + ", role=" + role + "]";
    }
}
