package dev.muster.a2a;

/** What Muster adds to A2A, as declared in its card. */
final class Extensions {

    /** The position of the log in the metadata of all that is told, by which a stream is resumed. */
    static final String POSITION = "urn:muster:a2a:position:v1";

    /** In the metadata of a message: what work is to be besides its text, or a plan. */
    static final String WORK = "urn:muster:a2a:work:v1";

    private Extensions() {}
}
