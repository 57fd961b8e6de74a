package dev.muster.digest;

import dev.muster.message.Description;

/** What can be asked about digests. */
public sealed interface DigestQuery {

    /**
     * The answer is a {@link Digest}: of the live views, or with {@code position=} or {@code asOf=} of views folded up to there.
     */
    @Description("The digests of all views: equal on any node that has folded the same events")
    record GetDigest() implements DigestQuery {}
}
