package dev.muster.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How the keys of the column families look: numbers big-endian, so that the order of the bytes is theirs. */
final class Keys {

    private Keys() {}

    /** Of an event, and as the value in the index: 8 bytes. */
    static byte[] position(long position) {
        return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
    }

    static long position(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** Of a stream's head and of its snapshot. */
    static byte[] stream(String aggregateId) {
        return aggregateId.getBytes(StandardCharsets.UTF_8);
    }

    /** Of an entry of the index: the length of the identifier (4 bytes), the identifier, the sequence number (8 bytes). */
    static byte[] index(String aggregateId, long sequence) {
        var id = stream(aggregateId);
        return ByteBuffer.allocate(Integer.BYTES + id.length + Long.BYTES)
                .putInt(id.length)
                .put(id)
                .putLong(sequence)
                .array();
    }
}
