package dev.muster.importer.xes;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the times of a log: ISO 8601, with a colon in the offset or without; without an offset it is UTC. */
final class XesTime {

    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("[XXX][XX][X]");

    private XesTime() {}

    /** Null if it is no time. */
    static @Nullable Instant parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var time = text.strip();
            var offset = offsetAt(time);
            return LocalDateTime.parse(time.substring(0, offset))
                    .toInstant(
                            offset == time.length()
                                    ? ZoneOffset.UTC
                                    : ZoneOffset.from(OFFSET.parse(time.substring(offset))));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Where the offset begins; at the end if there is none. */
    private static int offsetAt(String time) {
        for (var i = time.indexOf('T') + 1; i > 0 && i < time.length(); i++) {
            if ("Z+-".indexOf(time.charAt(i)) >= 0) {
                return i;
            }
        }
        return time.length();
    }
}
