package dev.muster.view;

import dev.muster.digest.Digest;

/** Views of which there is a digest. */
@FunctionalInterface
public interface DigestedViews {

    /** Of all views, as of the event that they have folded last. */
    Digest digest();
}
