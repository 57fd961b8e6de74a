package dev.muster.access;

import dev.muster.access.TokenEvent.TokenIssued;
import dev.muster.access.TokenEvent.TokenRevoked;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The tokens that were issued and not revoked, by the hashes of their secrets. It is told of events in any order and any number
 * of times; a token that was revoked stays so. A lookup reads memory alone. Thread-safe.
 */
public final class KnownTokens {

    private final Map<String, TokenIssued> good = new ConcurrentHashMap<>();
    private final Map<TokenId, String> hashes = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final CopyOnWriteArrayList<Consumer<TokenId>> listeners = new CopyOnWriteArrayList<>();

    /** The token with that secret, be it expired; none if there is none or it was revoked. */
    public Optional<TokenIssued> bySecret(String secret) {
        var hash = TokenSecrets.hash(secret);
        // Which bucket is looked at, and how long that takes, tells at most something about the hash, from which no
        // secret
        // follows; the hash itself is compared in constant time all the same.
        return Optional.ofNullable(good.get(hash)).filter(token -> isEqual(token.hash(), hash));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /** Forgets all that are good, so that they are no more. */
    public synchronized void forget() {
        good.clear();
        hashes.clear();
    }

    /** Whether a token of that identifier was revoked. */
    public boolean isRevoked(String token) {
        return revoked.contains(token);
    }

    /** Those that are not revoked, be they expired. */
    public Set<TokenIssued> all() {
        return Set.copyOf(good.values());
    }

    /** Runs whenever a token is revoked, after it is refused. */
    public void whenRevoked(Consumer<TokenId> listener) {
        listeners.add(listener);
    }

    /** Tells it of an event; of others than a token's it takes no notice. */
    public void accept(Object event) {
        if (event instanceof TokenIssued issued) {
            issued(issued);
        } else if (event instanceof TokenRevoked ended) {
            revoked(ended.tokenId());
        }
    }

    private synchronized void issued(TokenIssued token) {
        hashes.put(token.tokenId(), token.hash());
        if (!revoked.contains(token.tokenId().value())) {
            good.put(token.hash(), token);
        }
    }

    private void revoked(TokenId token) {
        synchronized (this) {
            if (!revoked.add(token.value())) {
                return;
            }
            var hash = hashes.get(token);
            if (hash != null) {
                good.remove(hash);
            }
        }
        listeners.forEach(listener -> listener.accept(token));
    }
}
