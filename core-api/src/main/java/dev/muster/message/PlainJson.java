package dev.muster.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place in JSON that is as it nearly always is in the log: texts are ASCII, numbers are whole and fit a long, and there are no blanks
 * between. What is otherwise, or wrong, is refused as {@link NotPlain}.
 */
final class PlainJson {

    /** More digits may not fit a long. */
    private static final int MAX_DIGITS = 18;

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String UNESCAPED = "\"\\/\b\f\n\r\t";

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** One in each byte. */
    private static final long ONES = 0x0101010101010101L;

    private static final long HIGHEST_BITS = 0x80 * ONES;

    final byte[] json;
    int at;

    PlainJson(byte[] json, int at) {
        this.json = json;
        this.at = at;
    }

    void expect(char expected) throws NotPlain {
        if (next() != expected) {
            throw NotPlain.IT_IS;
        }
    }

    /** Whether that follows, which it then has passed. */
    boolean passes(char wanted) throws NotPlain {
        var isThere = peek() == wanted;
        at += isThere ? 1 : 0;
        return isThere;
    }

    /** Whether another one follows in an object or an array that ends with that. */
    boolean more(char end) throws NotPlain {
        var next = next();
        if (next != ',' && next != end) {
            throw NotPlain.IT_IS;
        }
        return next == ',';
    }

    void expectEnd() throws NotPlain {
        if (at != json.length) {
            throw NotPlain.IT_IS;
        }
    }

    byte next() throws NotPlain {
        var next = peek();
        at++;
        return next;
    }

    byte peek() throws NotPlain {
        if (at == json.length) {
            throw NotPlain.IT_IS;
        }
        return json[at];
    }

    /** A text, a number, a truth value or nothing. */
    @Nullable
    Object scalar() throws NotPlain {
        return switch (peek()) {
            case '"' -> text();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    <T extends @Nullable Object> T literal(String word, T value) throws NotPlain {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        return value;
    }

    void passScalar() throws NotPlain {
        if (peek() == '"') {
            passText();
        } else {
            scalar();
        }
    }

    void passText() throws NotPlain {
        expect('"');
        at = endOfPlain(at);
        while (json[at] == '\\') {
            at++;
            unescaped(next());
            at = endOfPlain(at);
        }
        at++;
    }

    /** Passes the name of a property and what separates it from its value. */
    void passName() throws NotPlain {
        expect('"');
        at = endOfPlain(at);
        expect('"');
        expect(':');
    }

    /** Passes a value of any kind and depth, up to what follows it. Whether it is one is not looked at. */
    void passAnything() throws NotPlain {
        var depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> at = endOfString(at + 1);
                default -> {
                    // A part of a number or a word, or what is between values.
                }
            }
            at++;
        } while (depth > 0 || depth == 0 && peek() != ',' && peek() != '}' && peek() != ']');
    }

    /** Of any characters. */
    private int endOfString(int from) throws NotPlain {
        for (int i = from; i < json.length; i++) {
            if (json[i] == '"') {
                return i;
            }
            if (json[i] == '\\') {
                i++;
            }
        }
        throw NotPlain.IT_IS;
    }

    String text() throws NotPlain {
        expect('"');
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
            text[length++] = unescaped(next());
            copied = at;
            end = endOfPlain(copied);
        }
        System.arraycopy(json, copied, text, length, end - copied);
        at = end + 1;
        return latin(text, 0, length + end - copied);
    }

    private static byte unescaped(byte escaped) throws NotPlain {
        var which = ESCAPED.indexOf(escaped);
        if (which < 0) {
            throw NotPlain.IT_IS;
        }
        return (byte) UNESCAPED.charAt(which);
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

    /** The last eight bytes of that part, as a number; of a shorter one all of it. Parts at the very beginning are all 0. */
    long lastEight(int from, int to) {
        if (to < Long.BYTES) {
            return 0;
        }
        var last = (long) EIGHT.get(json, to - Long.BYTES);
        var missing = Long.BYTES - (to - from);
        return missing <= 0 ? last : missing == Long.BYTES ? 0 : last >>> missing * Byte.SIZE;
    }

    long number() throws NotPlain {
        var negative = passes('-');
        var from = at;
        var number = 0L;
        while (isDigit(peek())) {
            number = 10 * number + (next() - '0');
        }
        var digits = at - from;
        var follows = peek();
        var isEnd = follows == ',' || follows == '}' || follows == ']';
        if (!isEnd || digits == 0 || digits > MAX_DIGITS || digits > 1 && json[from] == '0') {
            throw NotPlain.IT_IS;
        }
        return negative ? -number : number;
    }

    private static boolean isDigit(byte each) {
        return each >= '0' && each <= '9';
    }

    /** Whether that text stands at that place, and ends there. */
    boolean isAt(int place, String text) {
        var end = place + text.length();
        if (end >= json.length || json[end] != '"') {
            return false;
        }
        for (int i = place; i < end; i++) {
            if (text.charAt(i - place) != json[i]) {
                return false;
            }
        }
        return true;
    }

    /** All of it is ASCII, so that the quickest way to make a text of it will do. */
    static String latin(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
