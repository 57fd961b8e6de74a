package dev.muster.hash;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;

/**
 * Writes JSON as RFC 8785 has it, value by value: no blanks, the names of an object in the order of their UTF-16 units, the
 * shortest escapes, numbers as ECMAScript writes them. Not thread-safe.
 */
final class CanonicalWriter {

    private static final HexFormat HEX = HexFormat.of();

    /** Arrays and objects that have begun, the outermost first; those behind {@link #depth} are there to be used again. */
    private final List<Container> containers = new ArrayList<>();

    private int depth;
    private @Nullable List<@Nullable String> nextSet;
    private byte[] bytes = new byte[2_048];
    private int size;

    /** What is in an array or an object: where each part of it begins, and of an object the names. */
    private static final class Container {

        private boolean object;
        private @Nullable List<@Nullable String> set;
        private int begin;
        private int parts;
        private boolean sorted;
        private int[] from = new int[64];
        private String[] names = new String[64];

        void part(int at) {
            if (parts == from.length) {
                from = Arrays.copyOf(from, 2 * parts);
                names = Arrays.copyOf(names, 2 * parts);
            }
            from[parts++] = at;
        }

        void named(String name, int at) {
            sorted = sorted && (parts == 0 || names[parts - 1].compareTo(name) < 0);
            part(at);
            names[parts - 1] = name;
        }
    }

    /** The bytes up to now, of which the first {@link #size} count; valid until more is written. */
    byte[] buffer() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Forgets what was written. */
    void clear() {
        size = 0;
        depth = 0;
        nextSet = null;
    }

    // ---- arrays and objects

    /**
     * Says that the array that comes next has no order: its elements are put in that of their canonical JSON, texts in that of the
     * texts.
     *
     * @param texts what the elements are that are texts; null for others
     */
    void nextIsSet(List<@Nullable String> texts) {
        nextSet = texts;
    }

    void beginArray() {
        value();
        put('[');
        begin(false);
        containers.get(depth - 1).set = nextSet;
        nextSet = null;
    }

    void beginObject() {
        value();
        put('{');
        begin(true);
    }

    private void begin(boolean object) {
        if (depth == containers.size()) {
            containers.add(new Container());
        }
        var container = containers.get(depth++);
        container.object = object;
        container.begin = size;
        container.parts = 0;
        container.sorted = true;
    }

    void endArray() {
        var array = containers.get(--depth);
        var texts = array.set;
        if (texts != null) {
            var ends = ends(array);
            sort(array, i -> {
                var text = texts.get(i);
                return text != null
                        ? text
                        : new String(bytes, array.from[i], ends[i] - array.from[i], StandardCharsets.UTF_8);
            });
        }
        put(']');
    }

    void endObject() {
        var object = containers.get(--depth);
        if (!object.sorted) {
            sort(object, i -> object.names[i]);
        }
        put('}');
    }

    private int[] ends(Container container) {
        var ends = new int[container.parts];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = i + 1 < ends.length ? container.from[i + 1] - 1 : size;
        }
        return ends;
    }

    /** A part that is written from there to there, with what it is sorted by. */
    private record Part(String by, int from, int to) {}

    private interface By {
        String of(int part);
    }

    /** Rarely needed for objects: what is written by the mapper comes sorted, but for what a view keeps as plain JSON. */
    private void sort(Container container, By by) {
        var parts = new ArrayList<Part>(container.parts);
        var ends = ends(container);
        for (int i = 0; i < ends.length; i++) {
            parts.add(new Part(by.of(i), container.from[i], ends[i]));
        }
        parts.sort(Comparator.comparing(Part::by));
        var written = Arrays.copyOfRange(bytes, container.begin, size);
        size = container.begin;
        for (var part : parts) {
            if (size > container.begin) {
                put(',');
            }
            append(written, part.from - container.begin, part.to - part.from);
        }
    }

    void name(String name) {
        beginName(name);
        text(name);
        put(':');
    }

    /** A name that is known with its bytes. */
    void name(SerializableString name) {
        var text = name.getValue();
        beginName(text);
        var quoted = name.asQuotedUTF8();
        if (quoted.length == text.length()) {
            // Neither is anything escaped, nor beyond ASCII.
            put('"');
            append(quoted, 0, quoted.length);
            put('"');
        } else {
            text(text);
        }
        put(':');
    }

    private void beginName(String name) {
        var object = containers.get(depth - 1);
        if (object.parts > 0) {
            put(',');
        }
        object.named(name, size);
    }

    /** Something comes that stands for itself, or is an element of an array. */
    private void value() {
        if (depth > 0) {
            var container = containers.get(depth - 1);
            if (!container.object) {
                if (container.parts > 0) {
                    put(',');
                }
                container.part(size);
            }
        }
    }

    // ---- numbers and words

    void word(String word) {
        value();
        ascii(word);
    }

    void number(long value) {
        word(Long.toString(value));
    }

    void number(BigInteger value) {
        word(value.toString());
    }

    /** As many digits as the float has, not those of the double nearest to it. */
    void number(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            string(Float.toString(value));
        } else {
            number(new BigDecimal(Float.toString(value)));
        }
    }

    void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            string(Double.toString(value));
            return;
        }
        try {
            word(NumberToJSON.serializeNumber(value));
        } catch (IOException e) {
            throw new IllegalStateException("Not a number of JSON: " + value, e);
        }
    }

    void number(BigDecimal value) {
        var near = value.doubleValue();
        if (!Double.isInfinite(near) && new BigDecimal(Double.toString(near)).compareTo(value) == 0) {
            number(near);
        } else {
            word(value.stripTrailingZeros().toString());
        }
    }

    // ---- texts

    void string(String text) {
        value();
        text(text);
    }

    private void text(String text) {
        put('"');
        var length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            var c = text.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                escaped(text, i);
                break;
            }
            bytes[size++] = (byte) c;
        }
        put('"');
    }

    private void escaped(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= 0x80) {
                i = beyondAscii(text, i);
            } else if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c < 0x20) {
                control(c);
            } else {
                put(c);
            }
        }
    }

    private void control(char c) {
        switch (c) {
            case '\b' -> ascii("\\b");
            case '\t' -> ascii("\\t");
            case '\n' -> ascii("\\n");
            case '\f' -> ascii("\\f");
            case '\r' -> ascii("\\r");
            default -> ascii("\\u" + HEX.toHexDigits(c));
        }
    }

    /** Half of a surrogate pair, which UTF-8 can't say, is escaped, so that it is told from any other. */
    private int beyondAscii(String text, int i) {
        var c = text.charAt(i);
        if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
            utf8(text.substring(i, i + 2));
            return i + 1;
        }
        if (Character.isSurrogate(c)) {
            ascii("\\u" + HEX.toHexDigits(c));
        } else {
            utf8(String.valueOf(c));
        }
        return i;
    }

    private void utf8(String text) {
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        append(encoded, 0, encoded.length);
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void append(byte[] more, int from, int length) {
        room(length);
        System.arraycopy(more, from, bytes, size, length);
        size += length;
    }

    private void put(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
