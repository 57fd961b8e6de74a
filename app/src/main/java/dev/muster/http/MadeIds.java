package dev.muster.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers that the server makes (RFC 9562): of version 7, so that they are in the order of their time; with an
 * idempotency key of version 8, made from the actor, the command and the key, so that a repeated command finds what it made.
 */
public final class MadeIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private MadeIds() {}

    /** An identifier for what that actor creates by that command, under that key if it has one. */
    public static String make(String actor, String command, @Nullable String key) {
        return (key == null ? random(System.currentTimeMillis()) : derived(actor + "\n" + command + "\n" + key))
                .toString();
    }

    private static UUID random(long millis) {
        var bits = new byte[16];
        RANDOM.nextBytes(bits);
        var buffer = ByteBuffer.wrap(bits);
        return withVersion((millis << 16) | (buffer.getLong() & 0xFFFF), buffer.getLong(), 7);
    }

    private static UUID derived(String name) {
        try {
            var digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
            return withVersion(digest.getLong(), digest.getLong(), 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static UUID withVersion(long high, long low, long version) {
        return new UUID((high & ~0xF000L) | (version << 12), (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L);
    }
}
