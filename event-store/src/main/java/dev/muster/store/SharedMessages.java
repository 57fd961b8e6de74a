package dev.muster.store;

import dev.muster.store.LogReads.Positioned;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The last events as messages, the same ones for all who follow the log closely. A message is deserialized when it is first looked
 * at, and remembers what came out, so this happens once and not for each of them. Thread-safe.
 */
final class SharedMessages {

    private static final int EVENTS = 2_048;

    /** Of payloads and metadata as they are stored. */
    private static final long BYTES = 4L << 20;

    /** How many become messages at a time at most. */
    private static final int CHUNK = 256;

    private final LogTail tail;
    private final Function<List<Positioned>, List<? extends TrackedEventMessage<?>>> read;

    /** By the positions that they begin with; each goes on where the one before ends. */
    private final NavigableMap<Long, Part> parts = new TreeMap<>();

    private long events;
    private long bytes;

    /** Messages of the events up to before that position, in their order; there may be none or several of an event. */
    record Part(List<? extends TrackedEventMessage<?>> messages, long end, long bytes) {}

    /** @param read makes messages of what is stored, and does not deserialize yet */
    SharedMessages(LogTail tail, Function<List<Positioned>, List<? extends TrackedEventMessage<?>>> read) {
        this.tail = tail;
        this.read = read;
    }

    /** Some messages from that position on; nothing if it is too far behind, or one of them can't be read. */
    synchronized Optional<Part> from(long position, long head) {
        var known = parts.floorEntry(position);
        if (known != null && position < known.getValue().end()) {
            return Optional.of(position == known.getKey() ? known.getValue() : rest(known.getValue(), position));
        }
        if (known == null && !parts.isEmpty()) {
            return Optional.empty();
        }
        return tail.read(position, Math.min(head, position + CHUNK)).flatMap(this::keep);
    }

    private static Part rest(Part part, long position) {
        var messages = part.messages().stream()
                .filter(message -> message.trackingToken().position().orElseThrow() >= position)
                .toList();
        return new Part(messages, part.end(), part.bytes());
    }

    private Optional<Part> keep(List<Positioned> found) {
        List<? extends TrackedEventMessage<?>> messages;
        try {
            messages = read.apply(found);
        } catch (RuntimeException e) {
            // Whoever reads by itself is given what comes before the one that can't be read, and is told of that one.
            return Optional.empty();
        }
        var first = found.get(0).position();
        if (!parts.isEmpty() && parts.lastEntry().getValue().end() < first) {
            parts.clear();
            events = 0;
            bytes = 0;
        }
        var part = new Part(messages, first + found.size(), LogTail.size(found));
        parts.put(first, part);
        events += found.size();
        bytes += part.bytes();
        while (events > EVENTS || bytes > BYTES) {
            var gone = parts.pollFirstEntry();
            events -= gone.getValue().end() - gone.getKey();
            bytes -= gone.getValue().bytes();
        }
        return Optional.of(part);
    }
}
