package dev.muster.message;

/** Thrown to leave what is to be read in the general way; nobody looks at it. */
final class NotPlain extends Exception {

    private static final long serialVersionUID = 1;

    static final NotPlain IT_IS = new NotPlain();

    private NotPlain() {
        super("There is more to it", null, false, false);
    }
}
