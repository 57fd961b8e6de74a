package dev.muster.access;

import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.access.TokenEvent.TokenRevoked;
import dev.muster.view.ViewStore;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

/** Folds what happened to tokens. */
@ProcessingGroup("tokens")
public final class TokenProjection {

    private final ViewStore<TokenRow> tokens;

    public TokenProjection(ViewStore<TokenRow> tokens) {
        this.tokens = tokens;
    }

    @EventHandler
    void on(TokenIssued event, @Timestamp Instant at, @SequenceNumber long version) {
        tokens.put(new TokenRow(
                new TokenView(
                        event.tokenId(),
                        event.name(),
                        event.role(),
                        event.agentId(),
                        at,
                        event.expiresAt(),
                        null,
                        null,
                        version),
                event.hash()));
    }

    @EventHandler
    void on(TokenRevoked event, @Timestamp Instant at, @SequenceNumber long version) {
        tokens.update(event.tokenId().value(), token -> token.revoked(at, event.reason(), version));
    }
}
