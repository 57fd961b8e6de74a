package dev.muster.hash;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import org.erdtman.jcs.NumberToJSON;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes the JSON that a parser reads as RFC 8785 has it: no blanks, the names of an object in the order of their UTF-16
 * units, the shortest escapes, numbers as ECMAScript writes them.
 */
final class CanonicalWriter {

    private static final HexFormat HEX = HexFormat.of();

    private final JsonParser parser;
    private byte[] bytes = new byte[512];
    private int size;

    CanonicalWriter(JsonParser parser) {
        this.parser = parser;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Writes the value that the parser stands at. */
    void value() {
        switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text(parser.getString());
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> ascii("true");
            case VALUE_FALSE -> ascii("false");
            case VALUE_NULL -> ascii("null");
            case VALUE_EMBEDDED_OBJECT -> text(Base64.getEncoder().encodeToString(parser.getBinaryValue()));
            default -> throw new IllegalStateException("Not JSON: " + parser.currentToken());
        }
    }

    private void array() {
        put('[');
        for (var first = true; parser.nextToken() != JsonToken.END_ARRAY; first = false) {
            if (!first) {
                put(',');
            }
            value();
        }
        put(']');
    }

    /** A name with its value, written from there to there. */
    private record Member(String name, int from, int to) {}

    private void object() {
        put('{');
        var begin = size;
        var members = new ArrayList<Member>();
        var sorted = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            if (!members.isEmpty()) {
                put(',');
            }
            var from = size;
            var name = parser.currentName();
            sorted = sorted
                    && (members.isEmpty()
                            || members.get(members.size() - 1).name.compareTo(name) < 0);
            text(name);
            put(':');
            parser.nextToken();
            value();
            members.add(new Member(name, from, size));
        }
        if (!sorted) {
            sort(members, begin);
        }
        put('}');
    }

    /** Rarely needed: what is written by the mapper comes sorted, but for what a view keeps as plain JSON. */
    private void sort(ArrayList<Member> members, int begin) {
        var written = Arrays.copyOfRange(bytes, begin, size);
        members.sort(Comparator.comparing(Member::name));
        size = begin;
        for (var member : members) {
            if (size > begin) {
                put(',');
            }
            var length = member.to - member.from;
            room(length);
            System.arraycopy(written, member.from - begin, bytes, size, length);
            size += length;
        }
    }

    private void integer() {
        switch (parser.getNumberType()) {
            case INT, LONG -> ascii(Long.toString(parser.getLongValue()));
            default -> ascii(parser.getBigIntegerValue().toString());
        }
    }

    private void fraction() {
        switch (parser.getNumberType()) {
            // As many digits as the float has, not those of the double nearest to it.
            case FLOAT -> number(new BigDecimal(Float.toString(parser.getFloatValue())));
            case DOUBLE -> number(parser.getDoubleValue());
            default -> number(parser.getDecimalValue());
        }
    }

    private void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            text(Double.toString(value));
            return;
        }
        try {
            ascii(NumberToJSON.serializeNumber(value));
        } catch (IOException e) {
            throw new IllegalStateException("Not a number of JSON: " + value, e);
        }
    }

    private void number(BigDecimal value) {
        var near = value.doubleValue();
        if (!Double.isInfinite(near) && new BigDecimal(Double.toString(near)).compareTo(value) == 0) {
            number(near);
        } else {
            ascii(value.stripTrailingZeros().toString());
        }
    }

    private void text(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
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
        put('"');
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
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    private void ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
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
