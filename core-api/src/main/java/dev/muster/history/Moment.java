package dev.muster.history;

import dev.muster.message.InvalidField;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A moment in the life of an entity. In messages it is a text: {@code version:8}, {@code position:1200}, or an instant. */
public sealed interface Moment {

    /** As far as the log goes. */
    record Now() implements Moment {}

    /** Just after the entity's event of that number; the first is 0. */
    record Version(long version) implements Moment {}

    /** Just after the event at that position of the log; the first is 0. */
    record Position(long position) implements Moment {}

    /** The end of the longest beginning of the log in which no event is later. */
    record Time(Instant time) implements Moment {}

    /**
     * The moment that a field tells.
     *
     * @param text without it, now
     * @throws InvalidField if it tells none
     */
    static Moment of(String field, @Nullable String text) {
        if (text == null) {
            return new Now();
        }
        try {
            if (text.startsWith("version:")) {
                return new Version(number(text, "version:"));
            }
            return text.startsWith("position:")
                    ? new Position(number(text, "position:"))
                    : new Time(Instant.parse(text));
        } catch (NumberFormatException | DateTimeException e) {
            throw new InvalidField(
                    field,
                    "must be version:8, position:1200 or an instant like 2026-03-01T10:00:00Z, but is "
                            + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
        }
    }

    private static long number(String text, String prefix) {
        var number = text.substring(prefix.length());
        if (!number.matches("\\d+")) {
            throw new NumberFormatException(number);
        }
        return Long.parseLong(number);
    }
}
