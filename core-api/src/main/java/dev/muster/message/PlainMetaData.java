package dev.muster.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata that is as it nearly always is: an object of texts, whole numbers and truth values, in ASCII and without
 * blanks between them. It is looked through once, and where its entries are is kept; their values are made when somebody asks for
 * them. Whatever is otherwise, or wrong, is left to Jackson.
 */
final class PlainMetaData {

    /** More digits may not fit a long. */
    private static final int MAX_DIGITS = 18;

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String UNESCAPED = "\"\\/\b\f\n\r\t";

    /** Keys come again and again: each is made once. A thread that meets another key in its place makes its own. */
    private static final @Nullable String[] KEYS = new String[256];

    /** More are possible. */
    private static final int USUAL_ENTRIES = 12;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** One in each byte. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGHEST_BITS = 0x80 * ONES;

    private final byte[] json;
    private int at;

    private PlainMetaData(byte[] json, int at) {
        this.json = json;
        this.at = at;
    }

    /** The metadata, or nothing if it is to be read as any other object. */
    static Optional<MetaData> read(byte[] stored) {
        try {
            return Optional.of(new PlainMetaData(stored, 0).object());
        } catch (NotPlain e) {
            return Optional.empty();
        }
    }

    private MetaData object() throws NotPlain {
        var places = new int[USUAL_ENTRIES];
        var entries = 0;
        expect('{');
        if (peek() == '}') {
            at++;
        } else {
            do {
                if (entries == places.length) {
                    places = Arrays.copyOf(places, 2 * entries);
                }
                places[entries++] = at + 1;
                passKey();
                passValue();
            } while (more());
        }
        if (at != json.length) {
            throw NotPlain.IT_IS;
        }
        return entries == 0 ? MetaData.emptyInstance() : new StoredMetaData(json, places, entries);
    }

    /** The value that begins there, in what was found to be plain. */
    static @Nullable Object valueAt(byte[] json, int place) {
        try {
            return new PlainMetaData(json, place).value();
        } catch (NotPlain e) {
            throw new IllegalStateException("It was plain before", e);
        }
    }

    /** All of what was found to be plain. */
    static MetaData all(byte[] json, int[] places, int entries) {
        var values = new HashMap<String, @Nullable Object>();
        try {
            for (int i = 0; i < entries; i++) {
                var each = new PlainMetaData(json, places[i] - 1);
                values.put(each.key(), each.value());
            }
        } catch (NotPlain e) {
            throw new IllegalStateException("It was plain before", e);
        }
        return MetaData.from(values);
    }

    private void passKey() throws NotPlain {
        expect('"');
        at = endOfPlain(at);
        expect('"');
        expect(':');
    }

    private String key() throws NotPlain {
        var from = at + 1;
        passKey();
        return key(from, at - 2);
    }

    private void passValue() throws NotPlain {
        if (peek() != '"') {
            value();
            return;
        }
        at++;
        while (json[at = endOfPlain(at)] == '\\') {
            at++;
            if (ESCAPED.indexOf(next()) < 0) {
                throw NotPlain.IT_IS;
            }
        }
        at++;
    }

    private boolean more() throws NotPlain {
        var next = next();
        if (next != ',' && next != '}') {
            throw NotPlain.IT_IS;
        }
        return next == ',';
    }

    private @Nullable Object value() throws NotPlain {
        var first = peek();
        if (first == '"') {
            at++;
            return text();
        }
        if (first == '-' || isDigit(first)) {
            return number();
        }
        return switch (first) {
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            default -> literal("null", null);
        };
    }

    private String text() throws NotPlain {
        var from = at;
        var to = endOfPlain(from);
        at = to + 1;
        return json[to] == '"' ? latin(json, from, to) : escaped(from, to);
    }

    /** Between these two there is no escape; there is one behind them. */
    private String escaped(int from, int to) throws NotPlain {
        var text = new byte[json.length - from];
        var length = 0;
        var copied = from;
        var end = to;
        while (json[end] == '\\') {
            System.arraycopy(json, copied, text, length, end - copied);
            length += end - copied;
            at = end + 1;
            var which = ESCAPED.indexOf(next());
            if (which < 0) {
                throw NotPlain.IT_IS;
            }
            text[length++] = (byte) UNESCAPED.charAt(which);
            copied = at;
            end = endOfPlain(copied);
        }
        System.arraycopy(json, copied, text, length, end - copied);
        at = end + 1;
        return latin(text, 0, length + end - copied);
    }

    /** Where the characters that stand for themselves end: at a quote or an escape. */
    private int endOfPlain(int from) throws NotPlain {
        var bytes = json;
        var i = from;
        for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
            var special = special((long) EIGHT.get(bytes, i));
            if (special != 0) {
                i += Long.numberOfTrailingZeros(special) / Byte.SIZE;
                break;
            }
        }
        for (; i < bytes.length; i++) {
            var each = bytes[i];
            if (each == '"' || each == '\\') {
                return i;
            }
            if (each < ' ') {
                // Below the blank lie also the bytes of what is not ASCII.
                throw NotPlain.IT_IS;
            }
        }
        throw NotPlain.IT_IS;
    }

    /** Has the highest bit set in the first of eight bytes that does not stand for itself, and in none before it. */
    private static long special(long eight) {
        return (below(eight, ' ') | below(eight ^ '"' * ONES, 1) | below(eight ^ '\\' * ONES, 1) | eight)
                & HIGHEST_BITS;
    }

    /** Has the highest bit set in the first byte that is less than that, if there is one; behind it anything may be. */
    private static long below(long eight, int bound) {
        return eight - bound * ONES & ~eight;
    }

    private Long number() throws NotPlain {
        var negative = peek() == '-';
        at += negative ? 1 : 0;
        var from = at;
        var number = 0L;
        while (isDigit(peek())) {
            number = 10 * number + (next() - '0');
        }
        var digits = at - from;
        var isEnd = peek() == ',' || peek() == '}';
        if (!isEnd || digits == 0 || digits > MAX_DIGITS || digits > 1 && json[from] == '0') {
            throw NotPlain.IT_IS;
        }
        return negative ? -number : number;
    }

    private @Nullable Object literal(String word, @Nullable Object value) throws NotPlain {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    private void expect(char expected) throws NotPlain {
        if (next() != expected) {
            throw NotPlain.IT_IS;
        }
    }

    private byte next() throws NotPlain {
        var next = peek();
        at++;
        return next;
    }

    private byte peek() throws NotPlain {
        if (at == json.length) {
            throw NotPlain.IT_IS;
        }
        return json[at];
    }

    private static boolean isDigit(byte each) {
        return each >= '0' && each <= '9';
    }

    private String key(int from, int to) {
        var place = from == to ? 0 : 31 * (31 * (to - from) + json[from]) + json[to - 1] & KEYS.length - 1;
        var known = KEYS[place];
        if (known == null || !isAt(from, to, known)) {
            known = latin(json, from, to);
            KEYS[place] = known;
        }
        return known;
    }

    private boolean isAt(int from, int to, String text) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i - from) != json[i]) {
                return false;
            }
        }
        return true;
    }

    /** All of it is ASCII, so that the quickest way to make a text of it will do. */
    private static String latin(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Thrown to leave; nobody looks at it. */
    private static final class NotPlain extends Exception {

        static final NotPlain IT_IS = new NotPlain();

        private NotPlain() {
            super("There is more to it", null, false, false);
        }
    }
}
