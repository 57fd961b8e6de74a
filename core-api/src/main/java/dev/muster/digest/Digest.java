package dev.muster.digest;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What views are, in few digits. How it is made: {@code docs/digest.md}.
 *
 * @param position of the last event that they have folded; -1 before the first
 * @param all over the digests of all views, in hexadecimal digits
 * @param views by the view's name, in hexadecimal digits
 * @param recorded whether it was noted by the live views when they stood there, rather than made by folding again
 */
public record Digest(long position, String all, Map<String, String> views, boolean recorded) {
    public Digest {
        views = Collections.unmodifiableMap(new TreeMap<>(views));
    }
}
