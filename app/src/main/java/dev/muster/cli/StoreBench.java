package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures a server with a large store, beside one with an empty one: how long after a kill -9 it answers its first command, how
 * fast its views catch up with events that they have not seen, the relay on it and what memory it takes then; and how many bytes
 * an event of the relay takes on the disk.
 */
final class StoreBench {

    private static final List<String> PROPERTIES = List.of("--muster.task.lease=PT10M");
    private static final int STARTS = 5;

    private final Path folder;
    private final int clients;
    private final int tasks;
    private final long events;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private long step = System.nanoTime();

    StoreBench(Path folder, int clients, int tasks, long events) {
        this.folder = folder;
        this.clients = clients;
        this.tasks = tasks;
        this.events = events;
    }

    Map<String, Object> measure() throws IOException, InterruptedException {
        var empty = Files.createDirectory(folder.resolve("empty"));
        var large = Files.createDirectory(folder.resolve("large"));
        try (var server = ServerProcess.start(large, PROPERTIES)) {
            new TaskRelay(server.api(), "large", clients, tasks).run();
        }
        done("a relay, whose events are copied");
        figures.put("bytesPerEvent", bytesPerEvent(large));
        LargeStore.grow(large, events);
        done("the store filled");
        figures.put("events", events);
        try (var server = ServerProcess.start(large, PROPERTIES)) {
            catchUp(server.api());
        }
        done("views caught up");
        starts(empty, large);
        done("started after kill -9");
        relay(large);
        done("a relay on it");
        figures.putAll(PastBench.measure(large));
        done("questions about the past");
        return figures;
    }

    /** Tells that a part is done, since with many events each takes its time. */
    private void done(String what) {
        System.err.printf(Locale.ROOT, "%s: %.1f s%n", what, seconds(step));
        step = System.nanoTime();
    }

    private static double bytesPerEvent(Path home) throws IOException {
        try (var engine = LogFolder.open(home)) {
            engine.compact();
            try (var files = Files.list(home.resolve("log"))) {
                var bytes = files.filter(file -> file.toString().endsWith(".sst"))
                        .mapToLong(file -> file.toFile().length())
                        .sum();
                return (double) bytes / engine.head();
            }
        }
    }

    private void catchUp(Api api) {
        var first = position(api);
        var start = System.nanoTime();
        while (position(api) < events - 1) {
            LockSupport.parkNanos(100_000_000);
        }
        figures.put("catchUpEventsPerSecond", (events - 1 - first) / seconds(start));
    }

    private static long position(Api api) {
        return api.get("/actuator/health")
                .body()
                .at("/components/views/details/position")
                .asLong();
    }

    /** By turns, so that both have met the machine in the same mood. */
    private void starts(Path empty, Path large) {
        ServerProcess.start(empty, PROPERTIES).kill();
        ServerProcess.start(large, PROPERTIES).kill();
        var ofEmpty = new double[STARTS];
        var ofLarge = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            ofEmpty[i] = secondsToFirstCommand(empty, "first-" + i);
            ofLarge[i] = secondsToFirstCommand(large, "first-" + i);
        }
        figures.putAll(new Tries(ofEmpty).least("emptyFirstCommandSeconds"));
        figures.putAll(new Tries(ofLarge).least("firstCommandSeconds"));
        figures.put("firstCommandOfEmpty", new Tries(ofLarge).least() / new Tries(ofEmpty).least());
    }

    private static double secondsToFirstCommand(Path home, String agent) {
        var start = System.nanoTime();
        var server = ServerProcess.launch(home, PROPERTIES);
        TaskRelay.must(
                server.untilAnswered(api -> api.command("register-agent", "anonymous", Map.of("agentId", agent))));
        var seconds = seconds(start);
        server.kill();
        return seconds;
    }

    private void relay(Path large) {
        try (var server = ServerProcess.start(large, PROPERTIES)) {
            var relay = new TaskRelay(server.api(), "again", clients, tasks).run();
            figures.put("largeChangesPerSecond", relay.changes() / relay.seconds());
            server.peakMemory().ifPresent(memory -> figures.put("peakMemoryMiB", memory));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
