package dev.muster.history;

import dev.muster.message.InvalidField;

/**
 * How far somebody has read the log: {@code 1200} behind the event at that position, {@code 1200.1} behind the first part of
 * it where it was split and more parts follow.
 *
 * @param position -1 before the first event
 * @param part the part behind which it is; 0 behind the last one
 */
public record LogPoint(long position, int part) {

    public static final LogPoint BEGINNING = new LogPoint(-1, 0);

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws InvalidField if it is something else
     */
    public static LogPoint parse(String field, String text) {
        try {
            var dot = text.indexOf('.');
            var position = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
            var part = dot < 0 ? 0 : Integer.parseInt(text.substring(dot + 1));
            return position < 0 ? BEGINNING : new LogPoint(position, Math.max(0, part));
        } catch (NumberFormatException e) {
            throw new InvalidField(field, "must be a position of the log, but is " + text);
        }
    }

    /** The position up to which every event was read whole. */
    long lastWhole() {
        return part == 0 ? position : position - 1;
    }

    @Override
    public String toString() {
        return part == 0 ? Long.toString(position) : position + "." + part;
    }
}
