package dev.muster.message;

import org.jspecify.annotations.Nullable;

/** Reads the values of one type from plain JSON: to what Jackson makes of them, or not at all. */
@FunctionalInterface
interface PlainValue {

    /** The value that begins there; it is passed. */
    @Nullable
    Object read(PlainJson in) throws NotPlain;
}
