package dev.muster.mcp;

import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The web pages that may call this edge. A page that had its own name point to this machine, where a browser would let it call
 * what only this machine reaches, is known by its origin.
 */
final class Origins {

    private final Set<String> allowed;

    /** @param allowed hosts, whatever their scheme and port, and whole origins */
    Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** @throws Refusal if the origin is not allowed; a client that is no web page has none */
    void check(@Nullable String origin) {
        if (origin != null && !allowed.contains(origin) && !allowed.contains(host(origin))) {
            throw new Refusal(new Problem(
                    "origin-not-allowed",
                    "Pages of this origin may not call this",
                    403,
                    "Pages of " + origin
                            + " may not call this. If they should, name it in muster.mcp.allowed-origins."));
        }
    }

    private static String host(String origin) {
        try {
            var host = new URI(origin).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
