package dev.muster.access;

import dev.muster.agent.AgentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as a reader sees it.
 *
 * @param expiresAt from when on it is refused; never without it
 * @param revokedAt when it was revoked, if it was
 * @param reason why it was
 * @param version the version of the token, for {@code If-Match}
 */
public record TokenView(
        TokenId tokenId,
        @Nullable String name,
        TokenRole role,
        @Nullable AgentId agentId,
        Instant issuedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String reason,
        long version) {}
