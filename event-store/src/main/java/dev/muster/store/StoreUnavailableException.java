package dev.muster.store;

import org.jspecify.annotations.Nullable;

/**
 * A store that can't be opened: another process has it, a later version wrote it, or its folder is of no use. Also a folder of
 * backups that can't be used.
 */
public final class StoreUnavailableException extends IllegalStateException {

    private final String fault;
    private final String remedy;

    StoreUnavailableException(String fault, String remedy, @Nullable Throwable cause) {
        super(fault + " " + remedy, cause);
        this.fault = fault;
        this.remedy = remedy;
    }

    /** What is wrong with which folder. */
    public String fault() {
        return fault;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
