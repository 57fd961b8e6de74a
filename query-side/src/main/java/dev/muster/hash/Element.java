package dev.muster.hash;

/**
 * An element of a store.
 *
 * @param json as it is written to be read again: names in alphabetical order, sets in the order they have
 * @param hash the SHA-256 of the canonical JSON of {@code [key, view]}
 */
public record Element(String json, byte[] hash) {}
