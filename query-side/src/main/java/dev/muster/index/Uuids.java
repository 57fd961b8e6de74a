package dev.muster.index;

import java.util.UUID;

/** UUIDs as most identifiers are written: 36 characters, hexadecimal digits in lower case. */
final class Uuids {

    static final int CHARS = 36;

    private Uuids() {}

    /** Whether there is one at that index of a text, so that {@link #text} gives the same characters back. */
    static boolean isUuid(String text, int at) {
        for (int i = 0; i < CHARS; i++) {
            var c = text.charAt(at + i);
            if (isDash(i) ? c != '-' : !isDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    private static boolean isDash(int index) {
        return index == 8 || index == 13 || index == 18 || index == 23;
    }

    static long high(String text, int at) {
        return hex(text, at, at + 18);
    }

    static long low(String text, int at) {
        return hex(text, at + 19, at + CHARS);
    }

    private static long hex(String text, int from, int to) {
        var value = 0L;
        for (int i = from; i < to; i++) {
            var c = text.charAt(i);
            if (c != '-') {
                value = value << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
            }
        }
        return value;
    }

    static String text(long high, long low) {
        return new UUID(high, low).toString();
    }
}
