package dev.muster.client;

import org.jspecify.annotations.Nullable;

/** The server could not be reached, or gave no answer, for as long as the client was to try. */
public final class UnreachableException extends RuntimeException {

    UnreachableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
