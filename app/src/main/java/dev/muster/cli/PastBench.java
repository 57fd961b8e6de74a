package dev.muster.cli;

import dev.muster.ahead.ReadAhead;
import dev.muster.cli.shared.Application;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.message.AsOf;
import dev.muster.message.PageType;
import dev.muster.replay.ReplayRequest;
import dev.muster.replay.Replays;
import dev.muster.task.TaskId;
import dev.muster.task.TaskQuery.CountTasks;
import dev.muster.task.TaskQuery.FindTasks;
import dev.muster.task.TaskQuery.GetTask;
import dev.muster.task.TaskQuery.TaskCounts;
import dev.muster.task.TaskSummary;
import dev.muster.task.TaskView;
import dev.muster.view.ViewProgress;
import dev.muster.world.Domain;
import dev.muster.world.World;
import dev.muster.world.Worlds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.context.ApplicationContext;

/**
 * Measures questions about the past of a store, in this process and over the query bus: one entity, the whole board with a
 * World near by, and beside them how fast Worlds and the live views are folded.
 */
final class PastBench {

    private static final int ENTITIES = 1_000;
    private static final int BOARDS = 40;

    /** Several, since the first ones are compiled meanwhile. */
    private static final int WORLDS = 5;

    private static final int REPLAYS = 3;

    /** How far before the position that is asked for a World is at hand. */
    private static final int AT_HAND = 10_000;

    private static final Random RANDOM = new Random(1);

    private PastBench() {}

    static Map<String, Object> measure(Path home) throws InterruptedException {
        try (var application = Application.silent(List.of("--muster.home=" + home, "--muster.supervision=false"))) {
            return measure(application);
        }
    }

    private static Map<String, Object> measure(ApplicationContext application) throws InterruptedException {
        var log = application.getBean(LogSource.class);
        var last = log.head() - 1;
        while (!application.getBean(ViewProgress.class).awaitPosition(last, Duration.ofSeconds(1))) {
            Thread.onSpinWait();
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("events", log.head());
        figures.putAll(tries(WORLDS, () -> foldWorld(application)).most("worldEventsPerSecond"));
        figures.putAll(tries(REPLAYS, () -> replay(application)).most("viewsEventsPerSecond"));
        entities(application, figures);
        boards(application, figures);
        memory(application, figures);
        return figures;
    }

    private static Tries tries(int times, DoubleSupplier rate) {
        return new Tries(DoubleStream.generate(rate).limit(times).toArray());
    }

    /** As Worlds are folded: what is read and deserialized ahead is folded by this thread. */
    private static double foldWorld(ApplicationContext application) {
        var log = application.getBean(LogSource.class);
        var world = new World(application.getBean(Domain.class), application.getBean(LogReader.class));
        var start = System.nanoTime();
        try (var events = log.after(null);
                var ahead = ReadAhead.of(events.iterator(), Long.MAX_VALUE, world::handles)) {
            ahead.forEachRemaining(world::fold);
        }
        return log.head() / seconds(start);
    }

    /** All views again, beside the live ones: events a second. */
    static double replay(ApplicationContext application) {
        var replays = application.getBean(Replays.class);
        if (replays.status().filter(status -> !status.state().isOver()).isPresent()) {
            replays.cancel();
        }
        var start = System.nanoTime();
        replays.start(new ReplayRequest(null, null, false));
        while (replays.status().filter(status -> status.state().isOver()).isEmpty()) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return application.getBean(LogSource.class).head() / seconds(start);
    }

    private static void entities(ApplicationContext application, Map<String, Object> figures) {
        var log = application.getBean(LogSource.class);
        var queries = application.getBean(QueryGateway.class);
        var tasks = tasks(log);
        var measured = new Latencies();
        for (int i = 0; i < 2 * ENTITIES; i++) {
            var task = tasks.get(RANDOM.nextInt(tasks.size()));
            var position = RANDOM.nextLong(log.head());
            var question = AsOf.position(new GetTask(TaskId.of(task)), position);
            var nanos = time(() -> ask(queries, question, ResponseTypes.instanceOf(TaskView.class)));
            if (i >= ENTITIES) {
                measured.add(nanos);
            }
        }
        figures.put("entityP50Millis", measured.millis(0.5));
        figures.put("entityP99Millis", measured.millis(0.99));
        figures.put("entityMaxMillis", measured.millis(1));
    }

    private static List<String> tasks(LogSource log) {
        var tasks = new LinkedHashSet<String>();
        try (var events = log.after(null)) {
            events.map(event -> ((DomainEventMessage<?>) event).getAggregateIdentifier())
                    .filter(entity -> entity.startsWith("task/"))
                    .forEach(entity -> tasks.add(entity.substring("task/".length())));
        }
        return new ArrayList<>(tasks);
    }

    private static void boards(ApplicationContext application, Map<String, Object> figures) {
        var worlds = application.getBean(Worlds.class);
        var queries = application.getBean(QueryGateway.class);
        var moved = new Latencies();
        var there = new Latencies();
        var all = new FindTasks(null, null, null, null, null, null, null, null, 500, null);
        var counts = new CountTasks(null, null, null, null, null, null, null);
        for (int i = 0; i < BOARDS; i++) {
            var position = RANDOM.nextLong(worlds.lastPosition() + 1);
            worlds.at(Math.max(-1, position - RANDOM.nextInt(AT_HAND)));
            var nanos = time(() -> ask(queries, AsOf.position(all, position), PageType.of(TaskSummary.class)));
            if (i == 0) {
                // Of a process that has not been asked for a board before.
                figures.put("boardFirstMillis", nanos / 1e6);
            } else {
                moved.add(nanos);
            }
            there.add(time(
                    () -> ask(queries, AsOf.position(counts, position), ResponseTypes.instanceOf(TaskCounts.class))));
        }
        figures.put("boardP50Millis", moved.millis(0.5));
        figures.put("boardMaxMillis", moved.millis(1));
        figures.put("sameMomentAgainP50Millis", there.millis(0.5));
    }

    /** A task that was not there yet is an answer as well. */
    private static CompletableFuture<?> ask(QueryGateway queries, Message<?> question, ResponseType<?> type) {
        return queries.query(question, type).handle((answer, failure) -> null);
    }

    private static long time(Supplier<CompletableFuture<?>> question) {
        var start = System.nanoTime();
        question.get().join();
        return System.nanoTime() - start;
    }

    /** What kept Worlds are taken to need, beside all that the heap holds. */
    private static void memory(ApplicationContext application, Map<String, Object> figures) {
        var worlds = application.getBean(Worlds.class);
        figures.put("worldsKept", (long) worlds.positions().size());
        figures.put("worldsMeasuredMiB", worlds.bytes() / 1_048_576.0);
        System.gc();
        figures.put("heapUsedMiB", usedMiB());
    }

    private static double usedMiB() {
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1_048_576.0;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
