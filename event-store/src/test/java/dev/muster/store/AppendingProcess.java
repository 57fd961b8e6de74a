package dev.muster.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * A process that appends to a store from several threads, to one aggregate and to several at once, until it is killed, and says
 * what was acknowledged. Each event of an append says the append's name, and of how many events it is.
 */
final class AppendingProcess {

    /** Small enough that files are made, merged and deleted all the time. */
    static final RocksSettings SETTINGS = new RocksSettings(1 << 20, 64 << 10, 1_024, 4_096);

    private static final int THREADS = 4;

    private static final long A_MINUTE = 60_000_000_000L;

    private final Process process;
    private final Path errors;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Thread reader;

    private AppendingProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reader = new Thread(this::read, "acknowledged");
        reader.start();
    }

    /**
     * @param run begins the names of its appends
     * @param environment what it finds in its environment beside what this process has
     */
    static AppendingProcess start(Path store, String run, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                store.toString(),
                run);
        builder.environment().putAll(environment);
        var errors = store.resolveSibling(store.getFileName() + ".err");
        return new AppendingProcess(
                builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                        .start(),
                errors);
    }

    /** The last line is whole or not counted: it ends with the process. */
    private void read() {
        try (var lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.endsWith(".")) {
                    acknowledged.add(line.substring(0, line.length() - 1));
                }
            }
        } catch (IOException e) {
            // The pipe ended with the process.
        }
    }

    /** Waits until so many appends were acknowledged. */
    void awaitAcknowledged(int many) {
        for (var began = System.nanoTime(); acknowledged.size() < many; LockSupport.parkNanos(100_000)) {
            if (!process.isAlive() || System.nanoTime() - began > A_MINUTE) {
                throw new AssertionError(says(many));
            }
        }
    }

    /** How it failed; what it said is in a folder that goes with the test. */
    private String says(int many) {
        var how = process.isAlive() ? "is slow" : "has ended with " + process.exitValue();
        process.destroyForcibly();
        try {
            return "It " + how + " after " + acknowledged.size() + " of " + many + " appends, and said: "
                    + Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As kill -9 does; gives what was acknowledged until then. */
    Set<String> kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
        return acknowledged;
    }

    public static void main(String[] arguments) throws InterruptedException {
        var engine = RocksEventStorageEngine.builder(
                        Path.of(arguments[0]), EventStoreContract.SERIALIZER, EventStoreContract.SERIALIZER)
                .settings(SETTINGS)
                .build();
        var threads = new ArrayList<Thread>();
        for (int number = 0; number < THREADS; number++) {
            var name = arguments[1] + "-" + number;
            var thread = new Thread(() -> append(engine, name));
            thread.start();
            threads.add(thread);
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void append(RocksEventStorageEngine engine, String name) {
        var random = new Random(name.hashCode());
        for (long own = 0; ; own++) {
            var append = name + "-" + own;
            var events = events(engine, random, name, own, append);
            try {
                engine.appendEvents(events);
                say(append + ".\n");
            } catch (ConcurrencyException e) {
                own--;
            }
            if (random.nextInt(50) == 0) {
                engine.storeSnapshot(EventStoreContract.event(name, own, "x".repeat(random.nextInt(3_000))));
            }
        }
    }

    private static List<DomainEventMessage<?>> events(
            RocksEventStorageEngine engine, Random random, String name, long own, String append) {
        var many = random.nextBoolean() ? 1 : 3;
        var says = append + " " + many + " " + "x".repeat(random.nextInt(600));
        var events = new ArrayList<DomainEventMessage<?>>(List.of(EventStoreContract.event(name, own, says)));
        if (many == 3) {
            var shared = "shared" + random.nextInt(20);
            events.add(EventStoreContract.event(append + "-new", 0, says));
            events.add(EventStoreContract.event(
                    shared, engine.lastSequenceNumberFor(shared).orElse(-1L) + 1, says));
        }
        return events;
    }

    /** In one write, so that two threads' lines do not meet. */
    private static void say(String line) {
        synchronized (System.out) {
            System.out.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
        }
    }
}
