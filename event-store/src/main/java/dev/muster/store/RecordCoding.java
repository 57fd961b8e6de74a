package dev.muster.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record in the two formats that there are. Format 1 has numbers of fixed length; format 2, which is written, has numbers
 * of as many bytes as they need (seven bits in each, the lowest first), and an identifier that is a UUID as its 16 bytes.
 */
final class RecordCoding {

    /** Of a text of format 2: it is null, or a UUID; anything else is the number of its bytes and this. */
    private static final int NULL = 0;

    private static final int UUID = 1;
    private static final int LENGTH = 2;

    private static final int UUID_CHARACTERS = 36;
    private static final int UUID_BYTES = 16;
    private static final int LONGEST_NUMBER = 10;

    private static final Words WORDS = new Words();

    private RecordCoding() {}

    // ---- writing, in format 2

    /** The record, with room before its fields. */
    static byte[] write(EventRecord record, int room) {
        var type = bytes(record.type());
        var payloadType = bytes(record.payloadType());
        var revision = bytes(record.revision());
        var eventId = identifier(record.eventId());
        var aggregateId = identifier(record.aggregateId());
        var size = room
                + length(eventId)
                + length(type)
                + length(aggregateId)
                + length(payloadType)
                + length(revision)
                + record.payload().length
                + record.metaData().length
                + 10 * LONGEST_NUMBER;
        var out = ByteBuffer.allocate(size).position(room);
        identifier(out, record.eventId(), eventId);
        number(out, zigzag(record.time().getEpochSecond()));
        number(out, record.time().getNano());
        text(out, type);
        identifier(out, record.aggregateId(), aggregateId);
        number(out, record.sequence());
        text(out, payloadType);
        text(out, revision);
        number(out, record.payload().length);
        out.put(record.payload());
        number(out, record.metaData().length);
        out.put(record.metaData());
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int length(byte @Nullable [] text) {
        return text == null ? UUID_BYTES : text.length;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Null if it is a UUID, whose bytes are made from its characters. */
    private static byte @Nullable [] identifier(String text) {
        return isUuid(text) ? null : bytes(text);
    }

    private static boolean isUuid(String text) {
        if (text.length() != UUID_CHARACTERS) {
            return false;
        }
        for (int i = 0; i < UUID_CHARACTERS; i++) {
            var each = text.charAt(i);
            if (isDash(i) ? each != '-' : (each < '0' || each > '9') && (each < 'a' || each > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(int place) {
        return place == 8 || place == 13 || place == 18 || place == 23;
    }

    private static void identifier(ByteBuffer out, String text, byte @Nullable [] bytes) {
        if (bytes != null) {
            text(out, bytes);
            return;
        }
        number(out, UUID);
        for (int i = 0; i < UUID_CHARACTERS; i += 2) {
            i += isDash(i) ? 1 : 0;
            out.put((byte) (Character.digit(text.charAt(i), 16) << 4 | Character.digit(text.charAt(i + 1), 16)));
        }
    }

    private static void text(ByteBuffer out, byte @Nullable [] text) {
        if (text == null) {
            number(out, NULL);
        } else {
            number(out, (long) text.length + LENGTH);
            out.put(text);
        }
    }

    private static void number(ByteBuffer out, long number) {
        var rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    // ---- reading

    /** @throws RuntimeException if these are not the fields of a record */
    static EventRecord read(byte format, byte[] record, int from, int to) {
        var in = ByteBuffer.wrap(record, from, to - from);
        var read = format == 1 ? format1(in) : format2(in);
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes are left");
        }
        return read;
    }

    private static EventRecord format1(ByteBuffer in) {
        var eventId = text1(in);
        var time = Instant.ofEpochSecond(in.getLong(), in.getInt());
        var type = word1(in);
        var aggregateId = text1(in);
        var sequence = in.getLong();
        return new EventRecord(
                eventId,
                time,
                type,
                aggregateId,
                sequence,
                given(word1(in)),
                word1(in),
                bytes(in, in.getInt()),
                bytes(in, in.getInt()));
    }

    private static String text1(ByteBuffer in) {
        return text(in, in.getInt());
    }

    private static @Nullable String word1(ByteBuffer in) {
        var length = in.getInt();
        return length < 0 ? null : WORDS.read(in, length);
    }

    private static EventRecord format2(ByteBuffer in) {
        var eventId = identifier(in);
        var second = number(in);
        var time = Instant.ofEpochSecond(second >>> 1 ^ -(second & 1), number(in));
        var type = word(in);
        var aggregateId = identifier(in);
        var sequence = number(in);
        return new EventRecord(
                eventId,
                time,
                type,
                aggregateId,
                sequence,
                given(word(in)),
                word(in),
                bytes(in, size(in)),
                bytes(in, size(in)));
    }

    private static String given(@Nullable String text) {
        if (text == null) {
            throw new IllegalArgumentException("the type of the payload is missing");
        }
        return text;
    }

    private static String identifier(ByteBuffer in) {
        var length = size(in);
        if (length == UUID) {
            return new java.util.UUID(in.getLong(), in.getLong()).toString();
        }
        return text(in, length - LENGTH);
    }

    private static @Nullable String word(ByteBuffer in) {
        var length = size(in);
        return length == NULL ? null : WORDS.read(in, length - LENGTH);
    }

    private static int size(ByteBuffer in) {
        return Math.toIntExact(number(in));
    }

    private static long number(ByteBuffer in) {
        var number = 0L;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            var each = in.get();
            number |= (each & 0x7fL) << shift;
            if (each >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    private static String text(ByteBuffer in, int length) {
        var from = skip(in, length);
        return new String(in.array(), from, length, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        var from = skip(in, length);
        return Arrays.copyOfRange(in.array(), from, from + length);
    }

    /** @return where the bytes begin that are skipped */
    private static int skip(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var from = in.position();
        in.position(from + length);
        return from;
    }
}
