package dev.muster.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/**
 * Reads instants as they are written, such as {@code 2026-03-01T10:00:00.123Z}. Many events have one, and the general way takes
 * ten times as long; what looks otherwise goes there.
 */
final class InstantText extends StdDeserializer<Instant> {

    /** 0 stands for any digit. */
    private static final String SECONDS = "0000-00-00T00:00:00";

    private static final int MAX_FRACTION = 9;

    InstantText() {
        super(Instant.class);
    }

    /** What a field says of its own form is for the general way. */
    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
        var general = InstantDeserializer.INSTANT.createContextual(context, property);
        return general == InstantDeserializer.INSTANT ? this : general;
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        var read = parser.hasToken(JsonToken.VALUE_STRING) ? read(parser.getString()) : null;
        return read == null ? InstantDeserializer.INSTANT.deserialize(parser, context) : read;
    }

    /** Null if it is not of that form, or no time that there is. */
    static @Nullable Instant read(String text) {
        var end = text.length() - 1;
        var fraction = end - SECONDS.length() - 1;
        if (!startsWithSeconds(text) || text.charAt(end) != 'Z' || fraction == 0 || fraction > MAX_FRACTION) {
            return null;
        }
        var nanos = 0;
        if (fraction > 0) {
            if (text.charAt(SECONDS.length()) != '.') {
                return null;
            }
            for (int i = 0; i < MAX_FRACTION; i++) {
                var digit = i < fraction ? text.charAt(SECONDS.length() + 1 + i) - '0' : 0;
                if (digit < 0 || digit > 9) {
                    return null;
                }
                nanos = 10 * nanos + digit;
            }
        }
        try {
            return LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            nanos)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean startsWithSeconds(String text) {
        if (text.length() <= SECONDS.length()) {
            return false;
        }
        for (int i = 0; i < SECONDS.length(); i++) {
            var each = text.charAt(i);
            var expected = SECONDS.charAt(i);
            if (expected == '0' ? each < '0' || each > '9' : each != expected) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
