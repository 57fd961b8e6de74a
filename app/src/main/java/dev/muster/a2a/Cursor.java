package dev.muster.a2a;

/**
 * How much of the log a client was told: {@code 1200} all up to that position, {@code 1200.2} the first two changes of what
 * happened there.
 *
 * @param position of the log
 * @param changes how many changes at that position; 0 for all
 */
record Cursor(long position, int changes) {

    /** Behind everything. */
    static final Cursor END = new Cursor(Long.MAX_VALUE, 0);

    static Cursor whole(long position) {
        return new Cursor(position, 0);
    }

    /** @throws A2aError if it is none */
    static Cursor parse(String field, String text) {
        if (!text.matches("\\d{1,18}(\\.\\d{1,6})?")) {
            throw A2aError.invalid(field, "must be a position that was told");
        }
        var dot = text.indexOf('.');
        return dot < 0
                ? whole(Long.parseLong(text))
                : new Cursor(Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    /** Whether that change, counted from 1, at that position is among what was told. */
    boolean covers(long at, int change) {
        return at < position || at == position && (changes == 0 || change <= changes);
    }

    /** The position behind which the rest stands. */
    long before() {
        return changes == 0 ? position : position - 1;
    }

    @Override
    public String toString() {
        return changes == 0 ? Long.toString(position) : position + "." + changes;
    }
}
