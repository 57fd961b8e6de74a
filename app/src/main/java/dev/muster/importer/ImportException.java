package dev.muster.importer;

/** An import that can't begin; nothing was written. */
public final class ImportException extends RuntimeException {

    public ImportException(String message) {
        super(message);
    }
}
