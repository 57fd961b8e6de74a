package dev.muster.importer.xes;

/** What a transition leaves an occurrence of an activity in. */
enum Effect {
    WAITS,
    WORKS,
    RESTS,
    ENDS_WELL,
    /** It was given up: the task ends without a result. */
    ENDS_BADLY,
    /** It stays as it was. */
    STAYS;

    boolean isEnd() {
        return this == ENDS_WELL || this == ENDS_BADLY;
    }
}
