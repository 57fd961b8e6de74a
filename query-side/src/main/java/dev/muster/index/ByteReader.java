package dev.muster.index;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ByteWriter} has written. Not thread-safe. */
final class ByteReader {

    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    boolean hasMore() {
        return at < bytes.length;
    }

    int read() {
        return bytes[at++] & 0xFF;
    }

    long fixed() {
        return bigEndian(8);
    }

    long ordered() {
        return bigEndian(read());
    }

    private long bigEndian(int size) {
        var value = 0L;
        for (int i = 0; i < size; i++) {
            value = value << 8 | read();
        }
        return value;
    }

    long number() {
        var value = 0L;
        for (int shift = 0; ; shift += 7) {
            var next = read();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    /** A text that is always there. */
    String text() {
        var text = optionalText();
        if (text == null) {
            throw new IllegalStateException("A row of the index of the log lacks a text that each has.");
        }
        return text;
    }

    @Nullable
    String optionalText() {
        var kind = number();
        if (kind == ByteWriter.ABSENT) {
            return null;
        }
        if (kind == ByteWriter.UUID) {
            return plain(number()) + Uuids.text(fixed(), fixed());
        }
        return plain(kind);
    }

    private String plain(long kind) {
        var length = (int) kind - ByteWriter.PLAIN;
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }
}
