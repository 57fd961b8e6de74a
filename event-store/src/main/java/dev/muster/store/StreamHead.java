package dev.muster.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where the stream of an aggregate ends. */
record StreamHead(@Nullable String type, long lastSequence) {

    static final StreamHead EMPTY = new StreamHead(null, -1);

    byte[] encode() {
        var name = type == null ? new byte[0] : type.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + 1 + name.length)
                .putLong(lastSequence)
                .put((byte) (type == null ? 0 : 1))
                .put(name)
                .array();
    }

    static StreamHead decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return EMPTY;
        }
        var buffer = ByteBuffer.wrap(bytes);
        var last = buffer.getLong();
        var typed = buffer.get() == 1;
        return new StreamHead(
                typed ? new String(bytes, buffer.position(), buffer.remaining(), StandardCharsets.UTF_8) : null, last);
    }
}
