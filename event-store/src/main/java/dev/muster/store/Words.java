package dev.muster.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that come again and again, such as the names of events: each is made once and then found by its bytes, so that reading costs no
 * memory for them. Bounded, and used by many threads: one that meets another's word in its place makes its own.
 */
final class Words {

    private static final int KEPT = 1_024;

    private final @Nullable Word[] kept = new Word[KEPT];

    /** All of it final, so that a thread which sees it sees it whole. */
    private record Word(byte[] bytes, String text) {}

    /** The text of the next bytes. */
    String read(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var from = in.position();
        in.position(from + length);
        var array = in.array();
        var hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + array[i];
        }
        var place = (hash ^ hash >>> 16) & KEPT - 1;
        var word = kept[place];
        if (word == null || !Arrays.equals(word.bytes(), 0, word.bytes().length, array, from, from + length)) {
            var bytes = Arrays.copyOfRange(array, from, from + length);
            word = new Word(bytes, new String(bytes, StandardCharsets.UTF_8));
            kept[place] = word;
        }
        return word.text();
    }
}
