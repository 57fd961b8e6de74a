package dev.muster.message;

import org.jspecify.annotations.Nullable;

/**
 * Values that are made of texts of which most were read shortly before: who did it, what it needs, how long it takes. The same value
 * is given for the same text then, so that what keeps thousands of them keeps one. Thread-safe.
 */
final class RepeatedTexts implements PlainValue {

    /** A power of two. */
    private static final int KEPT = 64;

    interface Made {
        Object of(String text) throws NotPlain;
    }

    /** All of it final, so that a thread which sees it sees it whole. */
    private record Known(String text, Object value) {}

    private final Made made;
    private final @Nullable Known[] known = new Known[KEPT];

    RepeatedTexts(Made made) {
        this.made = made;
    }

    @Override
    public Object read(PlainJson in) throws NotPlain {
        var text = in.text();
        var hash = text.hashCode();
        var place = (hash ^ hash >>> 16) & KEPT - 1;
        var there = known[place];
        if (there == null || !there.text.equals(text)) {
            there = new Known(text, made.of(text));
            known[place] = there;
        }
        return there.value;
    }
}
