package dev.muster.access;

import dev.muster.access.TokenQuery.FindTokens;
import dev.muster.message.Page;
import dev.muster.view.Selection;
import dev.muster.view.ViewStore;
import java.util.Objects;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what can be asked about tokens. */
public final class TokenQueries {

    private final ViewStore<TokenRow> tokens;

    public TokenQueries(ViewStore<TokenRow> tokens) {
        this.tokens = tokens;
    }

    @QueryHandler
    public Page<TokenView> handle(FindTokens query) {
        var page = tokens.find(
                Selection.all()
                        .where(
                                "role",
                                query.role() == null ? null : query.role().toString())
                        .where(
                                "agent",
                                query.agentId() == null ? null : query.agentId().value())
                        .where("revoked", query.revoked()),
                Objects.requireNonNull(query.limit()),
                query.cursor());
        return new Page<>(page.items().stream().map(TokenRow::view).toList(), page.next());
    }
}
