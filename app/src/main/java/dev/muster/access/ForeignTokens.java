package dev.muster.access;

import dev.muster.app.MusterProperties;
import dev.muster.message.Actor;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;

/** JWTs of the external issuer that is configured: whose they are, once signature, time, issuer and audience are right. */
final class ForeignTokens {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignTokens.class);

    private final JwtDecoder decoder;
    private final String agentClaim;
    private final String roleClaim;

    private ForeignTokens(JwtDecoder decoder, MusterProperties.Jwt settings) {
        this.decoder = decoder;
        this.agentClaim = settings.agentClaim();
        this.roleClaim = settings.roleClaim();
    }

    /** Those of the issuer that is configured; none without one. Keys are fetched when the first token comes. */
    static Optional<ForeignTokens> of(MusterProperties.Jwt settings) {
        if (settings.issuerUri().isEmpty() && settings.jwkSetUri().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ForeignTokens(new SupplierJwtDecoder(() -> decoder(settings)), settings));
    }

    private static JwtDecoder decoder(MusterProperties.Jwt settings) {
        var decoder = settings.jwkSetUri().isEmpty()
                ? NimbusJwtDecoder.withIssuerLocation(settings.issuerUri()).build()
                : NimbusJwtDecoder.withJwkSetUri(settings.jwkSetUri())
                        .jwsAlgorithms(known -> {
                            known.add(SignatureAlgorithm.RS256);
                            known.add(SignatureAlgorithm.PS256);
                            known.add(SignatureAlgorithm.ES256);
                        })
                        .build();
        decoder.setJwtValidator(validator(settings));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> validator(MusterProperties.Jwt settings) {
        var validators = new ArrayList<OAuth2TokenValidator<Jwt>>();
        validators.add(new JwtTimestampValidator());
        validators.add(new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull));
        validators.add(new JwtClaimValidator<Collection<String>>(
                JwtClaimNames.AUD, audience -> audience != null && audience.contains(settings.audience())));
        if (!settings.issuerUri().isEmpty()) {
            validators.add(new JwtIssuerValidator(settings.issuerUri()));
        }
        return new DelegatingOAuth2TokenValidator<>(validators);
    }

    /** @throws Refusal if it is not good, or does not say who bears it as what */
    Identity read(String token) {
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (BadJwtException e) {
            // What the library says may repeat parts of the token.
            throw AccessRefusals.foreign("its signature, time, issuer or audience is not right");
        } catch (JwtException e) {
            LOG.warn("The keys of the issuer of JWTs can't be had: {}", e.getMessage());
            throw AccessRefusals.noKeys();
        }
        var role = role(jwt.getClaimAsString(roleClaim));
        var name = jwt.getClaimAsString(agentClaim);
        if (name == null) {
            throw AccessRefusals.foreign("it has no claim " + agentClaim + ", which says whose it is");
        }
        return new Identity("jwt:" + name, actor(role, name), role, jwt.getExpiresAt());
    }

    private TokenRole role(@Nullable String claim) {
        try {
            return TokenRole.valueOf(claim == null ? "" : claim.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw AccessRefusals.foreign("its claim " + roleClaim + " is not one of operator, auditor, agent");
        }
    }

    private Actor actor(TokenRole role, String name) {
        Actor actor;
        try {
            actor = Bearers.actor(role, name);
        } catch (Refusal e) {
            throw AccessRefusals.foreign("its claim " + agentClaim + " has blanks or is too long for a name");
        }
        // An agent of such a name would act as an operator, or as the system.
        if (role == TokenRole.AGENT && !actor.isAgent()) {
            throw AccessRefusals.foreign("its claim " + agentClaim + " is a reserved name");
        }
        return actor;
    }
}
