package dev.muster.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/** JSON that is being written, byte by byte as Jackson writes it. A text with other characters than ASCII is left to Jackson. */
final class WrittenJson {

    private static final int SECONDS_A_DAY = 86_400;
    private static final int NANOS_A_MILLI = 1_000_000;
    private static final long YEAR_1000 = -30_610_224_000L;
    private static final long YEAR_10000 = 253_402_300_800L;

    private static final int USUAL = 512;
    private static final int MOST_KEPT = 16 * 1024;

    /** Each change writes several, so that the bytes would be a tenth of all that its thread allocates. */
    private static final ThreadLocal<WrittenJson> OF_THREAD = ThreadLocal.withInitial(WrittenJson::new);

    private byte[] bytes = new byte[USUAL];
    private int length;

    private WrittenJson() {}

    /** With nothing in it; it is the only one of this thread. */
    static WrittenJson empty() {
        var empty = OF_THREAD.get();
        empty.length = 0;
        if (empty.bytes.length > MOST_KEPT) {
            empty.bytes = new byte[USUAL];
        }
        return empty;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    void sign(char sign) {
        room(1);
        bytes[length++] = (byte) sign;
    }

    void raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
    }

    /** Of ASCII. */
    void raw(String json) {
        raw(json.getBytes(StandardCharsets.ISO_8859_1));
    }

    void number(long number) {
        if (number >= 0 && number < 10) {
            sign((char) ('0' + number));
        } else {
            raw(Long.toString(number));
        }
    }

    void text(String text) throws NotPlain {
        room(2 * text.length() + 2);
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            var each = text.charAt(i);
            if (each > '~') {
                throw NotPlain.IT_IS;
            }
            if (each < ' ' || each == '"' || each == '\\') {
                bytes[length++] = '\\';
                each = escaped(each);
            }
            bytes[length++] = (byte) each;
        }
        bytes[length++] = '"';
    }

    private static char escaped(char special) throws NotPlain {
        return switch (special) {
            case '"', '\\' -> special;
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> throw NotPlain.IT_IS;
        };
    }

    /** Most are of milliseconds; to make a text of one in the general way takes longer than all else of an event. */
    void instant(Instant instant) {
        var seconds = instant.getEpochSecond();
        if (seconds < YEAR_1000 || seconds >= YEAR_10000 || instant.getNano() % NANOS_A_MILLI != 0) {
            raw('"' + instant.toString() + '"');
            return;
        }
        var date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
        var second = Math.floorMod(seconds, SECONDS_A_DAY);
        room(26);
        bytes[length++] = '"';
        digits(date.getYear(), 1_000, '-');
        digits(date.getMonthValue(), 10, '-');
        digits(date.getDayOfMonth(), 10, 'T');
        digits(second / 3_600, 10, ':');
        digits(second / 60 % 60, 10, ':');
        if (instant.getNano() == 0) {
            digits(second % 60, 10, 'Z');
        } else {
            digits(second % 60, 10, '.');
            digits(instant.getNano() / NANOS_A_MILLI, 100, 'Z');
        }
        bytes[length++] = '"';
    }

    private void digits(int number, int highest, char then) {
        for (int place = highest; place > 0; place /= 10) {
            bytes[length++] = (byte) ('0' + number / place % 10);
        }
        bytes[length++] = (byte) then;
    }
}
