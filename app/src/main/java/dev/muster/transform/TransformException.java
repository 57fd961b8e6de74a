package dev.muster.transform;

import org.jspecify.annotations.Nullable;

/** A copy that can't be made, or that was made and can't be used. The new home is not there then. */
public final class TransformException extends RuntimeException {

    public TransformException(String message) {
        this(message, null);
    }

    public TransformException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
