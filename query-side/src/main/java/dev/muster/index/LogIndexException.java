package dev.muster.index;

/** The index of the log can't be read or written. */
public final class LogIndexException extends RuntimeException {

    LogIndexException(String message, Throwable cause) {
        super(message, cause);
    }
}
