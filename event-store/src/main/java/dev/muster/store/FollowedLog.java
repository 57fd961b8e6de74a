package dev.muster.store;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.jspecify.annotations.Nullable;

/**
 * The log from some position on, as it grows. Near its head its messages are those that others who follow it get too; behind, it reads
 * the database for itself until it has caught up. Not thread-safe.
 */
final class FollowedLog implements TrackingEventStream {

    private final RocksEventStorageEngine engine;

    /** The position of the first event that was not looked at yet. */
    private long next;

    private List<? extends TrackedEventMessage<?>> some = List.of();
    private int used;

    /** What is read from the database, while this is behind; and up to where it surely goes. */
    private @Nullable Iterator<? extends TrackedEventMessage<?>> behind;

    private long behindUpTo;

    FollowedLog(RocksEventStorageEngine engine, long from) {
        this.engine = engine;
        this.next = from;
    }

    /** Whether there is an event, which may take reading. An upcaster may leave nothing of one that was appended. */
    private boolean find() {
        while (used == some.size()) {
            if (behind != null) {
                readBehind(behind);
            } else if (engine.head() <= next) {
                return false;
            } else {
                var shared = engine.shared(next);
                if (shared.isPresent()) {
                    use(shared.get().messages());
                    next = shared.get().end();
                } else {
                    behindUpTo = engine.head();
                    behind = engine.messagesFrom(next).iterator();
                }
            }
        }
        return true;
    }

    private void readBehind(Iterator<? extends TrackedEventMessage<?>> events) {
        if (events.hasNext()) {
            var event = events.next();
            use(List.of(event));
            next = event.trackingToken().position().orElseThrow() + 1;
        } else {
            next = Math.max(next, behindUpTo);
            behind = null;
        }
    }

    private void use(List<? extends TrackedEventMessage<?>> found) {
        some = found;
        used = 0;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return find() ? Optional.of(some.get(used)) : Optional.empty();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        var until = System.nanoTime() + unit.toNanos(timeout);
        while (!find()) {
            var left = until - System.nanoTime();
            if (timeout <= 0 || left <= 0) {
                return false;
            }
            engine.awaitPast(next, left);
        }
        return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(Integer.MAX_VALUE, TimeUnit.MILLISECONDS)) {
            Thread.onSpinWait();
        }
        return some.get(used++);
    }

    @Override
    public void close() {
        some = List.of();
        used = 0;
        behind = null;
    }
}
