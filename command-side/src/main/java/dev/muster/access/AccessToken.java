package dev.muster.access;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.muster.access.TokenCommand.IssueToken;
import dev.muster.access.TokenCommand.RevokeToken;
import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.access.TokenEvent.TokenRevoked;
import dev.muster.message.Actor;
import dev.muster.message.InvalidField;
import dev.muster.message.Objection;
import java.time.Clock;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A token: issued once, good until it is revoked or its time is over. It keeps neither its secret nor the hash of it. */
@Revision("1")
@Aggregate(type = "token")
public class AccessToken {

    @AggregateIdentifier
    private @Nullable TokenId id;

    private boolean revoked;

    /** For Axon. */
    protected AccessToken() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    IssuedToken handle(IssueToken command, Clock clock, TokenSecrets secrets) {
        if (id != null) {
            throw TokenRefusals.exists(id);
        }
        check(command, clock);
        var secret = secrets.make();
        apply(new TokenIssued(
                command.tokenId(),
                command.name(),
                command.role(),
                command.agentId(),
                command.expiresAt(),
                TokenSecrets.hash(secret)));
        return new IssuedToken(command.tokenId(), command.role(), command.agentId(), command.expiresAt(), secret);
    }

    private static void check(IssueToken command, Clock clock) {
        var agent = command.agentId();
        if ((agent != null) != (command.role() == TokenRole.AGENT)) {
            throw new InvalidField("agentId", "is for a token of the role agent, which needs it");
        }
        // An agent of such a name would act as an operator, or as the system.
        if (agent != null && !Actor.of(agent.value()).isAgent()) {
            throw new InvalidField("agentId", "must not be a reserved name, as " + agent.value() + " is");
        }
        var expiry = command.expiresAt();
        if (expiry != null && !expiry.isAfter(clock.instant())) {
            throw new InvalidField("expiresAt", "must be later than now");
        }
    }

    /** To revoke it twice changes nothing, so that who fears for a token need not find out first. */
    @CommandHandler
    void handle(RevokeToken command) {
        if (!revoked) {
            apply(new TokenRevoked(Objects.requireNonNull(id), command.reason()));
        }
    }

    @Objection
    @Nullable
    String objection(TokenEvent event) {
        if (id == null) {
            return event instanceof TokenIssued ? null : "it was never issued";
        }
        if (event instanceof TokenIssued) {
            return "it was issued before";
        }
        return revoked ? "it was revoked" : null;
    }

    @EventSourcingHandler
    void on(TokenIssued event) {
        id = event.tokenId();
    }

    @EventSourcingHandler
    void on(TokenRevoked event) {
        revoked = true;
    }
}
