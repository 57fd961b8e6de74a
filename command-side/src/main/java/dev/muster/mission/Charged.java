package dev.muster.mission;

import dev.muster.task.Usage;

/** What was charged for the last attempt at a task: the token of its assignment, and the total that was told. */
record Charged(long fencingToken, Usage total) {

    static final Charged NOTHING = new Charged(0, Usage.NONE);

    /** What such a report adds; nothing if it is an old one that comes late, or one that was told before. */
    Usage added(long token, Usage told) {
        if (token < fencingToken) {
            return Usage.NONE;
        }
        var before = token == fencingToken ? total : Usage.NONE;
        return told.covers(before) ? told.minus(before) : Usage.NONE;
    }
}
