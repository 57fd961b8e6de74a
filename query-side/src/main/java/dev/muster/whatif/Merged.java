package dev.muster.whatif;

import dev.muster.whatif.Change.Insert;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Events up to a position, and those that are put in after some of them. */
final class Merged implements Iterator<TrackedEventMessage<?>> {

    /** Makes an event of what is to be put in. */
    interface Maker {
        TrackedEventMessage<?> make(Insert insert, int number);
    }

    private final Iterator<? extends TrackedEventMessage<?>> events;
    private final TreeMap<Long, List<Insert>> inserted;
    private final Maker maker;
    private final long upTo;
    private final Deque<TrackedEventMessage<?>> due = new ArrayDeque<>();
    private boolean ended;

    Merged(
            Iterator<? extends TrackedEventMessage<?>> events,
            SortedMap<Long, List<Insert>> inserted,
            Maker maker,
            long upTo) {
        this.events = events;
        this.inserted = new TreeMap<>(inserted);
        this.maker = maker;
        this.upTo = upTo;
    }

    @Override
    public boolean hasNext() {
        while (due.isEmpty() && !ended) {
            advance();
        }
        return !due.isEmpty();
    }

    private void advance() {
        var next = events.hasNext() ? events.next() : null;
        var position =
                next == null ? Long.MAX_VALUE : next.trackingToken().position().orElse(-1);
        if (position > upTo) {
            ended = true;
            putIn(upTo);
        } else {
            putIn(position - 1);
            due.add(next);
        }
    }

    /** What is to be put in at that position or before it. */
    private void putIn(long position) {
        while (!inserted.isEmpty() && inserted.firstKey() <= position) {
            var inserts = inserted.pollFirstEntry().getValue();
            for (int i = 0; i < inserts.size(); i++) {
                due.add(maker.make(inserts.get(i), i));
            }
        }
    }

    @Override
    public TrackedEventMessage<?> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return due.remove();
    }
}
