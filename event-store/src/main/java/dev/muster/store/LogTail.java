package dev.muster.store;

import dev.muster.store.LogReads.Positioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last events of the log as they were appended. Who follows the log closely takes from here the few that came since it looked
 * last; to open an iterator over the database for them, and to decode their records, costs more than all else about it. It is told
 * of events once they are synced. Thread-safe.
 */
final class LogTail {

    private static final int EVENTS = 2_048;

    /** Of payloads and metadata. */
    private static final long BYTES = 4L << 20;

    /** Those from {@code first} up to before {@code end}, each in the place of its position. */
    private final @Nullable Positioned[] kept = new Positioned[EVENTS];

    private long first;
    private long end;
    private long bytes;

    /** Keeps events that follow those before, and lets the earliest go. */
    synchronized void add(List<Positioned> appended) {
        for (var event : appended) {
            if (first == end) {
                first = event.position();
            } else if (end - first == EVENTS) {
                letGo();
            }
            kept[place(event.position())] = event;
            end = event.position() + 1;
            bytes += size(event);
        }
        while (bytes > BYTES) {
            letGo();
        }
    }

    private void letGo() {
        var event = at(first);
        kept[place(first++)] = null;
        bytes -= size(event);
    }

    private Positioned at(long position) {
        var event = kept[place(position)];
        if (event == null) {
            throw new IllegalStateException("The event at position " + position + " is not kept");
        }
        return event;
    }

    private static int place(long position) {
        return (int) (position % EVENTS);
    }

    static long size(List<Positioned> events) {
        return events.stream().mapToLong(LogTail::size).sum();
    }

    private static long size(Positioned event) {
        return event.record().payload().length + event.record().metaData().length;
    }

    /** The events from that position up to before the other, of which there is at least one; nothing if they are not all here. */
    synchronized Optional<List<Positioned>> read(long from, long to) {
        if (from < first || to > end) {
            return Optional.empty();
        }
        var found = new ArrayList<Positioned>((int) (to - from));
        for (long position = from; position < to; position++) {
            found.add(at(position));
        }
        return Optional.of(found);
    }
}
