package dev.muster.access;

import dev.muster.agent.AgentId;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** What happened to a token. */
public sealed interface TokenEvent {

    TokenId tokenId();

    /**
     * A token was made.
     *
     * @param hash SHA-256 of its secret, hexadecimal. A slow hash would add nothing: it protects secrets that people choose and
     *     others can guess, while this one has 256 random bits, of which no part can be guessed however fast one tries
     */
    @Revision("1")
    record TokenIssued(
            TokenId tokenId,
            @Nullable String name,
            TokenRole role,
            @Nullable AgentId agentId,
            @Nullable Instant expiresAt,
            String hash)
            implements TokenEvent {}

    @Revision("1")
    record TokenRevoked(TokenId tokenId, @Nullable String reason) implements TokenEvent {}
}
