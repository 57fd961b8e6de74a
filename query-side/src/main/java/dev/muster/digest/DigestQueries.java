package dev.muster.digest;

import dev.muster.digest.DigestQuery.GetDigest;
import dev.muster.view.DigestedViews;
import org.axonframework.queryhandling.QueryHandler;

/** Answers what the digests are: live, and in a World. */
public final class DigestQueries {

    private final DigestedViews views;

    public DigestQueries(DigestedViews views) {
        this.views = views;
    }

    @QueryHandler
    public Digest handle(GetDigest query) {
        return views.digest();
    }
}
