package dev.muster.transform;

import dev.muster.store.StoredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** SHA-256 over all that is stored of events, one after another; each field with its length before it. Not thread-safe. */
final class LogDigest {

    private final MessageDigest digest = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** An event, in its place among those before it; where else it stood doesn't count. */
    void add(StoredEvent event) {
        text(event.eventId());
        number(event.time().getEpochSecond());
        number(event.time().getNano());
        text(event.aggregateType());
        text(event.aggregateId());
        number(event.sequence());
        text(event.payloadType());
        text(event.revision());
        bytes(event.payload());
        bytes(event.metaData());
    }

    private void text(@Nullable String text) {
        if (text == null) {
            number(-1);
        } else {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void number(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    private void bytes(byte[] bytes) {
        number(bytes.length);
        digest.update(bytes);
    }

    /** In hexadecimal digits; nothing more can be added then. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
