package dev.muster.access;

import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.message.Actor;
import dev.muster.message.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out who bears a token, and counts what they send. Thread-safe. */
final class Bearers {

    private static final String SCHEME = "bearer ";

    /** A longer one is no token of anybody, and is not looked at. */
    private static final int MAX_LENGTH = 8_192;

    private final KnownTokens tokens;
    private final Optional<ForeignTokens> foreign;
    private final Clock clock;
    private final Limits failures;
    private final Limits requests;
    private final Map<TokenId, Bearer> bearers = new ConcurrentHashMap<>();

    /**
     * @param failures by remote address
     * @param requests by identity
     */
    Bearers(KnownTokens tokens, Optional<ForeignTokens> foreign, Clock clock, Limits failures, Limits requests) {
        this.tokens = tokens;
        this.foreign = foreign;
        this.clock = clock;
        this.failures = failures;
        this.requests = requests;
        tokens.whenRevoked(bearers::remove);
    }

    /**
     * Who bears what stands in the header {@code Authorization}.
     *
     * @param address where the request comes from
     * @throws Refusal if nobody does who may come in, or who may come in now
     */
    Bearer find(String header, String address) {
        Bearer found;
        try {
            found = find(header);
        } catch (Refusal e) {
            throw failed(address, e);
        }
        var wait = requests.take(found.getPrincipal().id());
        if (wait.isPresent()) {
            throw AccessRefusals.tooManyRequests(wait.getAsLong());
        }
        return found;
    }

    /** What a failure is answered with: the failure, or that there were too many from there. */
    Refusal failed(String address, Refusal failure) {
        var wait = failures.take(address);
        return wait.isPresent() ? AccessRefusals.tooManyFailures(wait.getAsLong()) : failure;
    }

    private Bearer find(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || header.length() > MAX_LENGTH) {
            throw AccessRefusals.malformed();
        }
        var secret = header.substring(SCHEME.length()).strip();
        if (foreign.isPresent() && !secret.startsWith(TokenSecrets.PREFIX)) {
            return new Bearer(foreign.get().read(secret));
        }
        var token = tokens.bySecret(secret).orElseThrow(AccessRefusals::invalid);
        var expiry = token.expiresAt();
        if (expiry != null && !clock.instant().isBefore(expiry)) {
            throw AccessRefusals.expired(expiry);
        }
        return bearers.computeIfAbsent(token.tokenId(), none -> new Bearer(identity(token)));
    }

    private static Identity identity(TokenIssued token) {
        var id = token.tokenId().value();
        Instant expiry = token.expiresAt();
        return new Identity(id, actor(token.role(), name(token)), token.role(), expiry);
    }

    private static String name(TokenIssued token) {
        if (token.agentId() != null) {
            return token.agentId().value();
        }
        return token.name() == null ? token.tokenId().value() : token.name();
    }

    static Actor actor(TokenRole role, String name) {
        return switch (role) {
            case OPERATOR -> Actor.operator(name);
            case AUDITOR -> Actor.auditor(name);
            case AGENT -> Actor.of(name);
        };
    }
}
