package dev.muster.index;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that are being written, in forms that {@link ByteReader} reads. Not thread-safe. */
final class ByteWriter {

    /** Tells texts that are not there, and those that end with a UUID, from others, of which the length and two more is told. */
    static final int ABSENT = 0;

    static final int UUID = 1;
    static final int PLAIN = 2;

    private byte[] bytes = new byte[64];
    private int length;

    ByteWriter write(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    ByteWriter write(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** Eight bytes, the greatest first. */
    ByteWriter fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** As few bytes as it needs, in such a way that they are ordered as the numbers are; not for negative ones. */
    ByteWriter ordered(long value) {
        var size = (71 - Long.numberOfLeadingZeros(value)) / 8;
        write(size);
        room(size);
        for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** As few bytes as it needs, where no order matters. */
    ByteWriter number(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        return write((int) rest);
    }

    /** Of a UUID 16 bytes are written. */
    ByteWriter text(@Nullable String text) {
        if (text == null) {
            return write(ABSENT);
        }
        var at = text.length() - Uuids.CHARS;
        if (at >= 0 && Uuids.isUuid(text, at)) {
            return write(UUID)
                    .plain(text.substring(0, at))
                    .fixed(Uuids.high(text, at))
                    .fixed(Uuids.low(text, at));
        }
        return plain(text);
    }

    private ByteWriter plain(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return number(PLAIN + utf8.length).write(utf8);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The bytes; this one is empty then. */
    byte[] take() {
        var taken = toBytes();
        length = 0;
        return taken;
    }
}
