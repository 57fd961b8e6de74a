package dev.muster.transform;

import java.util.stream.Stream;

/**
 * Makes the events of a new log from those of an old one: it may leave out, rewrite, merge, split and reorder them, and make new
 * ones. What it sees are events as they are stored, before any upcaster. The copy gives positions and sequence numbers anew.
 *
 * <pre>{@code
 * public final class WithoutHeartbeats implements LogTransformation {
 *     @Override
 *     public Stream<LogEvent> apply(Stream<LogEvent> log) {
 *         return log.filter(event -> !event.type().equals("ItemHeartbeat"));
 *     }
 * }
 * }</pre>
 *
 * <p>An implementation is public, has a public constructor without parameters, and is made anew for each copy, so it may keep state.
 * To give for one event none or several, later ones perhaps, {@link Stream#mapMulti} helps; what is left at the end is appended with
 * {@link Stream#concat} and a stream that is made when it is reached ({@code Stream.of(0).flatMap(end -> held.stream())}).
 */
@FunctionalInterface
public interface LogTransformation {

    /**
     * The events of the new log, in their new order.
     *
     * @param log the events of the old one, in its order, read as they are asked for; so what the transformation holds back is
     *     all that has to fit into memory
     */
    Stream<LogEvent> apply(Stream<LogEvent> log);
}
