package dev.muster.access;

import dev.muster.message.Actor;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who was authenticated.
 *
 * @param id the token's identifier, or {@code jwt:} and the subject of an external issuer: no secret
 * @param actor as whom it acts
 * @param expiresAt until when it is good; for ever without it
 */
public record Identity(
        String id, Actor actor, TokenRole role, @Nullable Instant expiresAt) {

    private static final String ATTRIBUTE = Identity.class.getName();

    /**
     * Of a request that was authenticated.
     *
     * @throws Refusal if it was not
     */
    public static Identity of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Identity known) {
            return known;
        }
        throw AccessRefusals.missing();
    }

    /** Of the request that this thread answers. */
    public static Optional<Identity> current() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof Bearer bearer ? Optional.of(bearer.getPrincipal()) : Optional.empty();
    }

    void rememberIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * As whom a request acts that names somebody: an operator on behalf of whom it names, others as themselves alone.
     *
     * @throws Refusal if it may not act as that one
     */
    public Actor actingAs(@Nullable String named) {
        if (named == null || named.isEmpty()) {
            return actor;
        }
        var wanted = Actor.of(named);
        if (wanted.isSystem()) {
            throw new Refusal(new Problem(
                    "actor-reserved",
                    "This actor's name is reserved",
                    403,
                    "Nobody outside of Muster acts as " + wanted + ". Act as an agent or as operator:NAME."));
        }
        if (role != TokenRole.OPERATOR && !wanted.equals(actor)) {
            throw new Refusal(
                    new Problem(
                            "actor-not-itself",
                            "A token acts only as its own",
                            403,
                            "This token is one of " + actor + ", and can't act as " + wanted
                                    + ". Leave Muster-Actor out, or use a token of an operator, who may act on behalf of others."));
        }
        return wanted;
    }
}
