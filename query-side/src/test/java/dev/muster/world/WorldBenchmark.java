package dev.muster.world;

import dev.muster.agent.AgentId;
import dev.muster.hash.CanonicalJson;
import dev.muster.hash.MultisetHash;
import dev.muster.history.InMemoryLogIndex;
import dev.muster.history.LogReader;
import dev.muster.replay.Counting;
import dev.muster.task.BlockerRow;
import dev.muster.task.Retry;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskEvent.ProgressReported;
import dev.muster.task.TaskEvent.TaskAssigned;
import dev.muster.task.TaskEvent.TaskStarted;
import dev.muster.task.TaskEvent.TaskSubmitted;
import dev.muster.task.TaskId;
import dev.muster.task.TaskProjection;
import dev.muster.task.TaskRow;
import dev.muster.task.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What an event costs that is folded into a World (its payload was deserialized before), and what its view costs in a digest. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WorldBenchmark {

    private static final int TASKS = 1_000;
    private static final AgentId ADA = AgentId.of("ada");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Usage NONE = new Usage(0, 0, 0);

    private final World world = new World(
            Domain.builder()
                    .view(TaskRow.DEFINITION)
                    .view(BlockerRow.DEFINITION)
                    .projection(TaskProjection.class)
                    .build(),
            new LogReader(
                    new Counting.Log(),
                    EmbeddedEventStore.builder()
                            .storageEngine(new InMemoryEventStorageEngine())
                            .build(),
                    new InMemoryLogIndex()));
    private final MultisetHash digest = new MultisetHash();
    private long position;
    private int next;
    private TaskRow view;
    private byte[] element;

    @Setup
    public void submitAndStart() {
        for (int i = 0; i < TASKS; i++) {
            var task = task(i);
            fold(
                    task,
                    0,
                    new TaskSubmitted(
                            task,
                            "Task",
                            null,
                            2,
                            Set.of(),
                            Set.of("relay"),
                            null,
                            List.of(),
                            null,
                            Retry.DEFAULT,
                            null,
                            null,
                            null,
                            "ada"));
            fold(task, 1, new TaskAssigned(task, ADA, 1, NOW, 1, false, null));
            fold(task, 2, new TaskStarted(task, ADA, 1));
        }
        view = world.views(TaskRow.DEFINITION).get(task(0).value()).orElseThrow();
        element = CanonicalJson.hash("t0", view);
    }

    private static TaskId task(int number) {
        return TaskId.of("t" + number);
    }

    private void fold(TaskId task, long sequence, TaskEvent event) {
        TrackedEventMessage<?> message = new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position++),
                new GenericDomainEventMessage<>("task", task.stored(), sequence, event));
        world.fold(message);
    }

    @Benchmark
    public long foldProgress() {
        next = (next + 1) % TASKS;
        var task = task(next);
        fold(task, 3, new ProgressReported(task, ADA, 1, 500, null, List.of(), NONE, NONE, NOW));
        return world.position();
    }

    @Benchmark
    public byte[] canonicalJsonAndHash() {
        return CanonicalJson.hash("t0", view);
    }

    @Benchmark
    public MultisetHash addToDigest() {
        digest.add(element);
        return digest;
    }
}
