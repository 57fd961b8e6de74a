package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the task relay, with {@code --missions} also the mission relay, and beside it, in the same run, an empty POST to
 * the same server and to a bare Spring Boot application, and fdatasync on the same disk, so that the figures can be read as
 * ratios. With {@code --past} it measures questions about the past of a store, with {@code --store} a server with a large one,
 * with {@code --in-process} the relay without HTTP.
 */
@Command(
        name = "bench",
        description = "Measure the task relay beside an empty POST and fdatasync.",
        subcommands = BenchPageCommand.class,
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

    private static final int BLOCK = 4096;
    private static final double SYNC_SECONDS = 2;

    @Option(names = "--clients", defaultValue = "32", description = "How many clients (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(names = "--tasks", defaultValue = "5000", description = "How many tasks (default: ${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--missions",
            defaultValue = "0",
            description = "How many missions to drain besides (default: none).")
    private int missions;

    @Option(
            names = "--steps",
            defaultValue = "20",
            description = "How many steps each has (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--url",
            description = "A server that runs already; without it one is started in a folder of its own.")
    private @Nullable String url;

    @Option(names = "--past", description = "Measure questions about the past instead.")
    private boolean past;

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "FOLDER",
            description =
                    "With --past: the store to ask; without it, one that the relay has filled. With --url: the home"
                            + " of that server, where its operator's token is.")
    private @Nullable Path store;

    @Option(
            names = "--in-process",
            description = "Measure the relay without HTTP instead, and one client alone beside it.")
    private boolean inProcess;

    @Option(
            names = "--store",
            paramLabel = "EVENTS",
            defaultValue = "0",
            description = "Measure a server with a store of so many events instead, beside one with an empty one.")
    private long events;

    @Option(
            names = "--no-baselines",
            description = "Leave out the relay on Axon's own JDBC engine on H2 and PostgreSQL.")
    private boolean noBaselines;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Write the figures as JSON too, with the machine and the date; bench page makes a page of it.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var home = Files.createTempDirectory("muster-bench");
        try {
            var run = BenchRun.begin(spec.root().commandLine().getParseResult().originalArgs());
            var figures = figures(home);
            System.out.println(text(figures));
            if (json != null) {
                Files.writeString(
                        json, Api.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run.with(figures)));
            }
            return figures.containsValue(false) ? 1 : 0;
        } finally {
            delete(home);
        }
    }

    private Map<String, Object> figures(Path home) throws IOException, InterruptedException {
        if (past) {
            return past(home);
        }
        if (inProcess) {
            return inProcess(home);
        }
        if (events > 0) {
            return new StoreBench(home, clients, tasks, events).measure();
        }
        return url == null
                ? withOwnServer(home)
                : measure(Api.of(url, store == null ? Path.of("muster-home") : store), home);
    }

    private Map<String, Object> past(Path home) throws InterruptedException {
        if (store != null) {
            return PastBench.measure(store);
        }
        try (var server = ServerProcess.start(home, List.of("--muster.task.lease=PT10M"))) {
            new TaskRelay(server.api(), "past", clients, tasks).run();
        }
        return PastBench.measure(home);
    }

    private Map<String, Object> inProcess(Path home) throws IOException {
        var withViews =
                InProcessRelay.measureWithViews(Files.createDirectory(home.resolve("many")), clients, tasks, tasks);
        var relay = withViews.relay();
        var bare = InProcessRelay.measureBare(home.resolve("bare"), clients, tasks, tasks);
        var alone = InProcessRelay.measure(Files.createDirectory(home.resolve("one")), 1, tasks / 5, tasks / 5);
        var figures = new LinkedHashMap<String, Object>();
        figures.put("threads", clients);
        figures.put("changes", relay.changes());
        figures.put("changesPerSecond", perSecond(relay));
        figures.put("cpuMicrosPerChange", relay.cpuSeconds() * 1e6 / relay.changes());
        figures.put("p50Millis", relay.latencies().millis(0.5));
        figures.put("p99Millis", relay.latencies().millis(0.99));
        figures.put("bareAxonPerSecond", perSecond(bare));
        figures.put("bareAxonCpuMicrosPerChange", bare.cpuSeconds() * 1e6 / bare.changes());
        figures.put("ofBareAxon", perSecond(relay) / perSecond(bare));
        var axonAndViews = 1 / (1 / perSecond(bare) + 1 / withViews.viewChanges());
        figures.put("viewChangesPerSecond", withViews.viewChanges());
        figures.put("axonAndViewsPerSecond", axonAndViews);
        figures.put("ofAxonAndViews", perSecond(relay) / axonAndViews);
        figures.put("onePerSecond", perSecond(alone));
        figures.put("oneP50Millis", alone.latencies().millis(0.5));
        figures.put("fdatasyncMillis", 1_000 / syncsPerSecond(home));
        return figures;
    }

    private static double perSecond(InProcessRelay.Result relay) {
        return relay.changes() / relay.seconds();
    }

    private Map<String, Object> withOwnServer(Path home) throws IOException {
        try (var server = ServerProcess.start(home, List.of("--muster.task.lease=PT10M"))) {
            var figures = measure(server.api(), home);
            server.peakMemory().ifPresent(memory -> figures.put("peakMemoryMiB", memory));
            return figures;
        }
    }

    private Map<String, Object> measure(Api api, Path folder) throws IOException {
        var run = "b" + Long.toString(System.currentTimeMillis(), 36);
        new TaskRelay(api, run + "w", clients, tasks).run();
        var warmUp = new HotEntity(api, run + "w", clients);
        warmUp.revisions(tasks / 5);
        warmUp.commentsPerSecond(tasks);
        pings(api, tasks);
        var pings = pings(api, 4 * tasks);
        var bare = barePings(folder);
        var axon = perSecond(InProcessRelay.measureBare(
                Files.createDirectories(folder.resolve("bare-axon")), clients, 2 * tasks, tasks));
        var relay = new TaskRelay(api, run, clients, tasks).run();
        var syncs = syncsPerSecond(folder);
        var figures = new LinkedHashMap<String, Object>();
        var rate = relay.changes() / relay.seconds();
        figures.put("clients", clients);
        figures.put("tasks", tasks);
        figures.put("changes", relay.changes());
        figures.put("seconds", relay.seconds());
        figures.put("changesPerSecond", rate);
        figures.put("p50Millis", relay.latencies().millis(0.5));
        figures.put("p99Millis", relay.latencies().millis(0.99));
        figures.put("maxMillis", relay.latencies().millis(1));
        figures.put("conflicts", relay.conflicts());
        figures.put("viewsLagSeconds", relay.lagSeconds());
        figures.put("eachTaskCompletedOnce", relay.completedOnce());
        if (missions > 0) {
            var drained = new MissionRelay(api, run + "m", clients, missions, steps).run();
            var missionRate = drained.changes() / drained.seconds();
            figures.put("missions", missions);
            figures.put("steps", steps);
            figures.put("missionChangesPerSecond", missionRate);
            figures.put("ofTaskRelay", missionRate / rate);
            figures.put("allMissionsCompleted", drained.allCompleted());
        }
        var hot = new HotEntity(api, run + "h", clients);
        var revisions = hot.revisions(tasks / 5);
        figures.put("hotCommentsPerSecond", hot.commentsPerSecond(tasks));
        figures.put("hotRevisionsPerSecond", revisions.perSecond());
        figures.put("hotRevisionsRefused", revisions.refused());
        figures.put("fdatasyncsPerSecond", syncs);
        figures.put("emptyPostsPerSecond", pings);
        figures.put("barePostsPerSecond", bare);
        figures.put("ofBarePost", rate / bare);
        figures.put("bareAxonPerSecond", axon);
        figures.put("barePostAndAxonPerSecond", 1 / (1 / bare + 1 / axon));
        if (!noBaselines) {
            new Baselines(folder, clients, tasks).measure(rate, figures);
        }
        return figures;
    }

    /** Empty POSTs a second to a bare Spring Boot application with its defaults, warmed up likewise. */
    private double barePings(Path folder) throws IOException {
        try (var bare =
                ServerProcess.other(List.of(BareServer.NAME), Files.createDirectories(folder.resolve("bare")))) {
            var api = Api.anonymous(bare.url());
            pings(api, 2 * tasks);
            return pings(api, 4 * tasks);
        }
    }

    /** Empty POSTs a second. */
    private double pings(Api api, int count) {
        var left = new AtomicInteger(count);
        var start = System.nanoTime();
        TaskRelay.inParallel(clients, client -> {
            while (left.getAndDecrement() > 0) {
                api.ping();
            }
            return new Latencies();
        });
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static double syncsPerSecond(Path folder) throws IOException {
        var file = folder.resolve("fdatasync");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var block = ByteBuffer.allocate(BLOCK);
            var start = System.nanoTime();
            var count = 0;
            while ((System.nanoTime() - start) / 1e9 < SYNC_SECONDS) {
                block.clear();
                channel.write(block);
                channel.force(false);
                count++;
            }
            return count / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static String text(Map<String, Object> figures) {
        var text = new StringBuilder();
        figures.forEach((name, value) -> text.append(
                String.format(Locale.ROOT, value instanceof Double ? "%-24s %,14.2f%n" : "%-24s %14s%n", name, value)));
        return text.toString();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
