package dev.muster.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The secrets of tokens: 256 random bits behind a prefix by which scanners of code and logs recognize one that has leaked. Only
 * the hash of a secret is ever stored. Thread-safe if its source of randomness is.
 */
public final class TokenSecrets {

    /** What each secret begins with. */
    public static final String PREFIX = "muster_";

    private static final int BYTES = 32;

    private final RandomGenerator random;

    /** With the platform's own source of randomness. */
    public TokenSecrets() {
        this(new SecureRandom());
    }

    /** @param random one whose numbers nobody can foresee, but for tests */
    public TokenSecrets(RandomGenerator random) {
        this.random = random;
    }

    /** A secret that nobody has had before. */
    public String make() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 of a secret, hexadecimal; see {@link TokenEvent.TokenIssued} for why it is no slower one. */
    public static String hash(String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
