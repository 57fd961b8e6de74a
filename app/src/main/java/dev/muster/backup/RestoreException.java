package dev.muster.backup;

/** A backup that can't be restored; the message says why, and what to do. */
public final class RestoreException extends RuntimeException {

    public RestoreException(String message) {
        super(message);
    }

    public RestoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
