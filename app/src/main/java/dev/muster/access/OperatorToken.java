package dev.muster.access;

import dev.muster.access.TokenCommand.IssueToken;
import dev.muster.access.TokenCommand.RevokeToken;
import dev.muster.app.MusterProperties;
import dev.muster.message.Actor;
import dev.muster.message.MetaKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.stereotype.Component;

/**
 * The operator's token of a home, with which all begins: who can read the files of the home may operate the server. It is an
 * event like any other, made by the system; its secret is in a file of the home, and may be lost.
 */
@Component
public class OperatorToken {

    private static final String NAME = "home";

    private final CommandGateway commands;
    private final KnownTokens tokens;
    private final Clock clock;
    private final Path home;

    OperatorToken(CommandGateway commands, KnownTokens tokens, Clock clock, MusterProperties properties) {
        this.commands = commands;
        this.tokens = tokens;
        this.clock = clock;
        this.home = properties.home();
    }

    /** Whether there is a token with which the server can be operated. */
    boolean exists() {
        var now = clock.instant();
        return tokens.all().stream()
                .anyMatch(token -> token.role() == TokenRole.OPERATOR
                        && (token.expiresAt() == null || now.isBefore(token.expiresAt())));
    }

    /** Makes one, in the place of that of the home, which is revoked, and writes its secret into the file. */
    public String renew() {
        var earlier = tokens.all().stream()
                .filter(token -> token.role() == TokenRole.OPERATOR && NAME.equals(token.name()))
                .map(TokenEvent::tokenId)
                .toList();
        var id = TokenId.of(NAME + "-" + UUID.randomUUID().toString().substring(0, 8));
        IssuedToken issued = send(new IssueToken(id, NAME, TokenRole.OPERATOR, null, null));
        var secret = Objects.requireNonNull(issued.token());
        OperatorTokenFile.write(home, secret);
        for (var token : earlier) {
            send(new RevokeToken(token, "another one was made in its place"));
        }
        return secret;
    }

    private <R> R send(TokenCommand command) {
        return commands.sendAndWait(new GenericCommandMessage<>(
                command, Map.of(MetaKeys.ACTOR, Actor.system("muster").name(), MetaKeys.TRUSTED, true)));
    }
}
