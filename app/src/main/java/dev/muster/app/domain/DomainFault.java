package dev.muster.app.domain;

import org.jspecify.annotations.Nullable;

/** A domain that can't become a part of Muster. */
public final class DomainFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fault;
    private final String remedy;

    /**
     * @param fault what is wrong with which part of it, a sentence
     * @param remedy what to do, a sentence
     */
    public DomainFault(String fault, String remedy, @Nullable Throwable cause) {
        super(fault + " " + remedy, cause);
        this.fault = fault;
        this.remedy = remedy;
    }

    public String fault() {
        return fault;
    }

    public String remedy() {
        return remedy;
    }
}
