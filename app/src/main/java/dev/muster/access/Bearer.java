package dev.muster.access;

import java.util.Locale;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** An identity as Spring Security knows it, with the role as authority; without its secret. */
final class Bearer extends AbstractAuthenticationToken {

    private final transient Identity identity;

    Bearer(Identity identity) {
        super(AuthorityUtils.createAuthorityList(
                "ROLE_" + identity.role().name().toUpperCase(Locale.ROOT)));
        this.identity = identity;
        super.setAuthenticated(true);
    }

    @Override
    public Identity getPrincipal() {
        return identity;
    }

    @Override
    public String getName() {
        return identity.actor().name();
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bearer bearer && bearer.identity.equals(identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }
}
