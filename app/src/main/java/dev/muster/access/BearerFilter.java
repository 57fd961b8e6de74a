package dev.muster.access;

import dev.muster.message.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Authenticates a request by its bearer token, for itself alone: nothing is kept from request to request. One without a token
 * goes on unauthenticated; one with a token that is not good is refused, whatever it asks for.
 */
final class BearerFilter extends OncePerRequestFilter {

    private final Bearers bearers;
    private final HandlerExceptionResolver refusals;

    /** @param refusals writes a refusal as every other one is written */
    BearerFilter(Bearers bearers, HandlerExceptionResolver refusals) {
        this.bearers = bearers;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var header = request.getHeader("Authorization");
        if (header != null) {
            Bearer bearer;
            try {
                bearer = bearers.find(header, request.getRemoteAddr());
            } catch (Refusal e) {
                refusals.resolveException(request, response, null, e);
                return;
            }
            bearer.getPrincipal().rememberIn(request);
            SecurityContextHolder.setContext(new SecurityContextImpl(bearer));
        }
        chain.doFilter(request, response);
    }
}
