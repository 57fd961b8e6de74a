package dev.muster.view;

import dev.muster.digest.Digest;
import dev.muster.hash.CanonicalJson;
import dev.muster.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** Joins the digests of views to one. */
final class Digests {

    private Digests() {}

    /** That of all is the SHA-256 of the canonical JSON of those of each. */
    static Digest of(long position, SortedMap<String, String> views, boolean recorded) {
        var all = Sha256.hex(new String(CanonicalJson.bytes(views), StandardCharsets.UTF_8));
        return new Digest(position, all, views, recorded);
    }
}
