package dev.muster.access;

import dev.muster.view.View;
import dev.muster.view.ViewDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is kept.
 *
 * @param hash of its secret
 */
@View
public record TokenRow(TokenView view, String hash) {

    /** By the plain identifier. */
    public static final ViewDefinition<TokenRow> DEFINITION = ViewDefinition.of(
                    "token", 1, TokenRow.class, row -> row.view.tokenId().value())
            .text("role", row -> row.view.role().toString())
            .text(
                    "agent",
                    row -> row.view.agentId() == null
                            ? null
                            : row.view.agentId().value())
            .flag("revoked", row -> row.view.revokedAt() != null);

    TokenRow revoked(Instant at, @Nullable String reason, long version) {
        return new TokenRow(
                new TokenView(
                        view.tokenId(),
                        view.name(),
                        view.role(),
                        view.agentId(),
                        view.issuedAt(),
                        view.expiresAt(),
                        at,
                        reason,
                        version),
                hash);
    }
}
