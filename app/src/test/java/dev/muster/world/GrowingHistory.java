package dev.muster.world;

import dev.muster.TestServer;
import dev.muster.history.LogSource;
import dev.muster.view.ViewProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.util.FileSystemUtils;

/**
 * A server with supervision and missions, whose history each try of a property adds to. Once a try has failed, each further
 * one has a server of its own, so that what it is shrunk to fails by itself. One try at a time: where shrinking has run out of
 * time, its last try may still go on in a thread of its own.
 */
final class GrowingHistory implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path folder;
    private TestServer server;
    private int servers;
    private int tries;
    private boolean failed;
    private boolean closed;

    GrowingHistory() {
        try {
            folder = Files.createTempDirectory("muster-history");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = start();
    }

    private TestServer start() {
        return TestServer.start(folder.resolve("home-" + servers++), "--muster.task.lease=PT3S");
    }

    <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    /** A folder that is not there yet, and goes with the history. */
    Path newFolder() {
        return folder.resolve("extra-" + System.nanoTime());
    }

    /**
     * Adds to the history, then checks something of all of it.
     *
     * @param check takes the position of the last event; done again where something has happened during it, since leases end
     *     when they do
     */
    synchronized void grow(List<Move> moves, LongConsumer check) {
        if (closed) {
            throw new IllegalStateException("The history is closed");
        }
        if (failed) {
            server.close();
            server = start();
        }
        try {
            var life = new RandomLife(server.api(), "x" + tries++ + "-");
            moves.forEach(life::step);
            checkAtRest(check);
        } catch (RuntimeException | AssertionError e) {
            failed = true;
            throw e;
        }
    }

    private void checkAtRest(LongConsumer check) {
        while (true) {
            var head = rest();
            try {
                check.accept(head - 1);
                return;
            } catch (AssertionError e) {
                if (bean(LogSource.class).head() == head) {
                    throw e;
                }
            }
        }
    }

    /** Waits until all have taken all events, and nobody has added any for a while. */
    private long rest() {
        var until = System.nanoTime() + PATIENCE.toNanos();
        var head = -1L;
        var since = System.nanoTime();
        while (head != bean(LogSource.class).head()
                || !isTakenUpTo(head - 1)
                || System.nanoTime() - since < QUIET_NANOS) {
            if (head != bean(LogSource.class).head()) {
                head = bean(LogSource.class).head();
                since = System.nanoTime();
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("After " + PATIENCE + " there is still something happening at " + head);
            }
            LockSupport.parkNanos(10_000_000);
        }
        return head;
    }

    private boolean isTakenUpTo(long position) {
        return bean(ViewProgress.class).position() >= position
                && bean(Configuration.class).eventProcessingConfiguration().eventProcessors().values().stream()
                        .map(StreamingEventProcessor.class::cast)
                        .flatMap(processor -> processor.processingStatus().values().stream())
                        .allMatch(status -> status.getCurrentPosition().orElse(-1) >= position);
    }

    /** The events from that position to the other, both of which count. */
    List<? extends TrackedEventMessage<?>> events(long first, long last) {
        try (var events = bean(LogSource.class).after(null)) {
            return events.skip(first).limit(last - first + 1).toList();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        server.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
