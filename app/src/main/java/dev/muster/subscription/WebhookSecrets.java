package dev.muster.subscription;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that sign what is sent to webhooks. None is kept: each is derived from one key, which is made when it is first
 * needed and is in a file that its owner alone may read, and from the subscription and the number of the secret. Thread-safe.
 *
 * <p>The signature is that of Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over identifier, time and body,
 * with a dot between them.
 */
final class WebhookSecrets {

    private static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";

    private final Path file;
    private byte @Nullable [] key;

    WebhookSecrets(Path home) {
        this.file = home.resolve("keys").resolve("webhooks.key");
    }

    /** As receivers are told it: {@code whsec_…}. */
    String text(SubscriptionId subscription, Webhook webhook) {
        return PREFIX + Base64.getEncoder().encodeToString(secret(subscription, webhook));
    }

    /** What goes into {@code webhook-signature}. */
    String sign(SubscriptionId subscription, Webhook webhook, String id, long epochSecond, byte[] body) {
        return signature(secret(subscription, webhook), id, epochSecond, body);
    }

    static String signature(byte[] secret, String id, long epochSecond, byte[] body) {
        var mac = mac(secret);
        mac.update((id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    private byte[] secret(SubscriptionId subscription, Webhook webhook) {
        var purpose = "webhook\n" + subscription.value() + "\n" + webhook.secret();
        return mac(key()).doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(byte[] key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private synchronized byte[] key() {
        var known = key;
        if (known == null) {
            try {
                known = Files.exists(file) ? read() : make();
            } catch (IOException e) {
                throw new UncheckedIOException("The key of the webhooks' secrets can't be read or made: " + file, e);
            }
            key = known;
        }
        return known;
    }

    private byte[] read() throws IOException {
        var read = Base64.getDecoder().decode(Files.readString(file).strip());
        if (read.length != KEY_BYTES) {
            throw new IOException("It is not a key of " + KEY_BYTES + " bytes");
        }
        return read;
    }

    private byte[] make() throws IOException {
        var made = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(made);
        Files.createDirectories(file.getParent());
        try {
            Files.createFile(file, forItsOwner());
        } catch (FileAlreadyExistsException e) {
            return read();
        }
        Files.writeString(file, Base64.getEncoder().encodeToString(made) + "\n");
        return made;
    }

    private static FileAttribute<?>[] forItsOwner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
