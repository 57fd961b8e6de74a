package dev.muster.message;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values that are made of texts of which most were read shortly before: who did it, what it needs, how long it takes. The same value
 * is given for the same text then, so that what keeps thousands of them keeps one. Thread-safe.
 */
final class RepeatedTexts implements PlainValue {

    /** So many bits tell where a text is kept. */
    private static final int BITS = 8;

    /** Odd, with bits all over: what a product of it has at its top depends on all of the other factor (Knuth's multiplicative hash). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    interface Made {
        Object of(String text) throws NotPlain;
    }

    /**
     * All of it final, so that a thread which sees it sees it whole.
     *
     * @param stored the text between its quotes
     */
    private record Known(byte[] stored, Object value) {}

    private final Made made;
    private final @Nullable Known[] known = new Known[1 << BITS];

    RepeatedTexts(Made made) {
        this.made = made;
    }

    /** The stored bytes are compared, so that of a text that is known no text is made. */
    @Override
    public Object read(PlainJson in) throws NotPlain {
        var start = in.at;
        in.passText();
        var from = start + 1;
        var to = in.at - 1;
        var place = (int) (in.lastEight(from, to) * SPREAD >>> Long.SIZE - BITS);
        var there = known[place];
        if (there == null || !Arrays.equals(there.stored, 0, there.stored.length, in.json, from, to)) {
            in.at = start;
            there = new Known(Arrays.copyOfRange(in.json, from, to), made.of(in.text()));
            known[place] = there;
        }
        return there.value;
    }
}
