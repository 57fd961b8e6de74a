package dev.muster.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Beats a few times in each lease, in a thread of its own, until it is stopped or there is no lease any more. */
final class Heartbeat {

    /** The term of a lease that is not known. */
    static final Duration LONG = Duration.ofMinutes(1);

    /** The term after a beat that came to nothing. */
    static final Duration SOON = Duration.ofSeconds(2);

    private static final int IN_EACH_LEASE = 4;
    private static final Duration LEAST = Duration.ofMillis(100);

    private final Supplier<Optional<Duration>> beat;
    private final Thread thread;
    private volatile Optional<Duration> term = Optional.empty();

    /** @param beat extends the lease, and says how long it runs from then on; none for not at all */
    Heartbeat(String name, Supplier<Optional<Duration>> beat) {
        this.beat = beat;
        this.thread = new Thread(this::run, "muster-heartbeat-" + name);
        thread.setDaemon(true);
    }

    void start(Duration firstTerm) {
        term = Optional.of(firstTerm);
        thread.start();
    }

    private void run() {
        try {
            while (term.isPresent()) {
                var next = term.get().dividedBy(IN_EACH_LEASE);
                // The thread has nothing else to do; whoever stops it interrupts it.
                Thread.sleep(Math.max(LEAST.toMillis(), next.toMillis()));
                term = beat.get();
            }
        } catch (InterruptedException e) {
            // It is stopped.
        } catch (UnreachableException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    void stop() {
        thread.interrupt();
    }
}
