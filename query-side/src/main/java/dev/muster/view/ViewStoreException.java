package dev.muster.view;

/** The database of the views failed. What was being written is not there; the events it came from are folded again. */
public final class ViewStoreException extends RuntimeException {

    public ViewStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
