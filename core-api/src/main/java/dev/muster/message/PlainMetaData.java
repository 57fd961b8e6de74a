package dev.muster.message;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Reads metadata that is as it nearly always is: an object of texts, whole numbers and truth values, in ASCII and without
 * blanks between them. Jackson takes nearly twice as long; whatever is otherwise, or wrong, is left to it.
 */
final class PlainMetaData {

    /** More digits may not fit a long. */
    private static final int MAX_DIGITS = 18;

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String UNESCAPED = "\"\\/\b\f\n\r\t";

    /** Keys come again and again: each is made once. A thread that meets another key in its place makes its own. */
    private static final @Nullable String[] KEYS = new String[256];

    private final byte[] json;
    private int at;

    private PlainMetaData(byte[] json) {
        this.json = json;
    }

    /** The metadata, or nothing if it is to be read as any other object. */
    static Optional<MetaData> read(byte[] stored) {
        try {
            return Optional.of(new PlainMetaData(stored).object());
        } catch (NotPlain e) {
            return Optional.empty();
        }
    }

    private MetaData object() throws NotPlain {
        var values = new HashMap<String, @Nullable Object>();
        expect('{');
        if (peek() == '}') {
            at++;
        } else {
            do {
                entry(values);
            } while (more());
        }
        if (at != json.length) {
            throw NotPlain.IT_IS;
        }
        return MetaData.from(values);
    }

    private void entry(Map<String, @Nullable Object> values) throws NotPlain {
        expect('"');
        var from = at;
        var to = endOfPlain(from);
        at = to;
        expect('"');
        expect(':');
        values.put(key(from, to), value());
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
        for (int i = from; i < bytes.length; i++) {
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
