package dev.muster.subscription;

import dev.muster.message.Check;
import dev.muster.message.InvalidField;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where events are sent by the server itself. The secret that signs them is no part of it: it is derived from a key that stays
 * in the server's home, from the subscription and from the number.
 *
 * @param secret the number of the secret; a later one is another secret
 */
public record Webhook(String url, int secret) {

    private static final int MAX_URL = 2_000;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * Checks the address of a receiver: http or https, with a host, and without a user's name or password, since whoever may
     * read events reads it.
     *
     * @throws InvalidField if it is not so; the message does not repeat what was given
     */
    public static String checkUrl(String field, String url) {
        Check.text(field, url, MAX_URL);
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new InvalidField(field, "must be an address, as in https://example.org/events");
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
            throw new InvalidField(field, "must be an address that begins with http:// or https:// and names a host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new InvalidField(field, "must have no user, password or fragment");
        }
        return url;
    }
}
