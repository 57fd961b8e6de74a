package dev.muster.subscription;

/**
 * Events of a subscription that follow on each other and were all acknowledged.
 *
 * @param from the position of the first
 * @param to the position of the last
 */
public record Span(long from, long to) {

    public boolean contains(long position) {
        return from <= position && position <= to;
    }
}
