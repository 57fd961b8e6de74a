package dev.muster.whatif;

/**
 * Something of a team's own that handlers of its aggregates or sagas ask for as a parameter, as it is in a sandbox. Without
 * it such a handler can't run there: it might lead out of it.
 */
public interface SandboxResource {

    /** What handlers are given in that sandbox; found by its type. It must not change anything outside. */
    Object in(Sandbox sandbox);
}
