package dev.muster.message;

/** Writes the values of one type as Jackson does, or leaves them to it. */
@FunctionalInterface
interface WrittenValue {

    /** @param value of that type, and not null */
    void write(Object value, WrittenJson out) throws NotPlain;
}
