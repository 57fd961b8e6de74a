package dev.muster.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

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

    /** What the key of an entry of the index says. */
    record Entry(String aggregateId, long sequence) {}

    static Entry index(byte[] key) {
        var buffer = ByteBuffer.wrap(key);
        var length = buffer.getInt();
        return new Entry(
                new String(key, Integer.BYTES, length, StandardCharsets.UTF_8), buffer.getLong(Integer.BYTES + length));
    }

    /**
     * Of an entry of the index by time: seconds since 1970 (8 bytes, the sign turned over, so that what is before comes first) and
     * nanoseconds (4 bytes).
     */
    static byte[] time(Instant time) {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(time.getEpochSecond() ^ Long.MIN_VALUE)
                .putInt(time.getNano())
                .array();
    }

    static Instant time(byte[] key) {
        var buffer = ByteBuffer.wrap(key);
        return Instant.ofEpochSecond(buffer.getLong() ^ Long.MIN_VALUE, buffer.getInt());
    }

    /** The least key after that of a time. */
    static byte[] justAfter(Instant time) {
        var key = time(time);
        return Arrays.copyOf(key, key.length + 1);
    }
}
