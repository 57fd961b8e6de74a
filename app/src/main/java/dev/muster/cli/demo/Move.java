package dev.muster.cli.demo;

/**
 * What a holder does next with its task.
 *
 * @param percent how far it says to be
 * @param text what it says
 * @param tokens the running total of its attempt by then, read and written
 */
record Move(Kind kind, int percent, String text, long tokens) {

    enum Kind {
        REPORT,
        ASK,
        FAIL,
        COMPLETE,
        /** Is never heard again. */
        DIE
    }
}
