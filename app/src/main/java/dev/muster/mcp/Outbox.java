package dev.muster.mcp;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The resources of which it has yet to be told that they have changed. However often one changes, it is told once, since who
 * is told reads it again. Who adds to it never waits for who is told.
 */
final class Outbox {

    private final Executor threads;
    private final Predicate<String> teller;
    private final Set<String> pending = new LinkedHashSet<>();
    private boolean open;
    private boolean telling;

    /**
     * @param threads tell
     * @param teller tells of one; false if that is not possible now, which ends telling until {@link #open()}
     */
    Outbox(Executor threads, Predicate<String> teller) {
        this.threads = threads;
        this.teller = teller;
    }

    /** Tells what is pending, and from now on what comes. */
    synchronized void open() {
        open = true;
        tellSoon();
    }

    synchronized void changed(String uri) {
        pending.add(uri);
        tellSoon();
    }

    synchronized void forget(String uri) {
        pending.remove(uri);
    }

    private void tellSoon() {
        if (open && !telling && !pending.isEmpty()) {
            telling = true;
            threads.execute(this::tell);
        }
    }

    private void tell() {
        for (var uri = next(); uri != null; uri = next()) {
            if (!teller.test(uri)) {
                stop(uri);
                return;
            }
        }
    }

    private synchronized @Nullable String next() {
        var each = pending.iterator();
        if (!each.hasNext()) {
            telling = false;
            return null;
        }
        var uri = each.next();
        each.remove();
        return uri;
    }

    private synchronized void stop(String uri) {
        pending.add(uri);
        open = false;
        telling = false;
    }
}
