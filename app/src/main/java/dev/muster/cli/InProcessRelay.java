package dev.muster.cli;

import dev.muster.agent.AgentCommand.RegisterAgent;
import dev.muster.agent.AgentId;
import dev.muster.cli.baseline.BareAxon;
import dev.muster.cli.shared.Application;
import dev.muster.history.LogOrigin;
import dev.muster.message.MetaKeys;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand.ClaimNextTask;
import dev.muster.task.TaskCommand.CompleteTask;
import dev.muster.task.TaskCommand.ReportProgress;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskId;
import dev.muster.view.ViewProgress;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The task relay without HTTP: threads of this process send the same four changes for each task as {@link TaskRelay}, with the
 * metadata that the HTTP edge gives a command and an idempotency key each, to the whole application.
 */
final class InProcessRelay {

    private static final BigDecimal HALF = BigDecimal.valueOf(50);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CommandGateway commands;
    private final Runnable awaitViews;
    private final String run;
    private final int threads;
    private final int tasks;
    private final AtomicInteger toSubmit = new AtomicInteger();
    private final AtomicInteger toComplete = new AtomicInteger();

    /** @param awaitViews returns when the views have all that was changed */
    private InProcessRelay(CommandGateway commands, Runnable awaitViews, String run, int threads, int tasks) {
        this.commands = commands;
        this.awaitViews = awaitViews;
        this.run = run;
        this.threads = threads;
        this.tasks = tasks;
    }

    /**
     * How it went.
     *
     * @param seconds from the first command until the views had caught up
     * @param cpuSeconds what this process took of the processors meanwhile, on all threads
     */
    record Result(int changes, double seconds, double cpuSeconds, Latencies latencies) {}

    /** Starts the application on that folder, warms it up, and measures. */
    static Result measure(Path home, int threads, int warmUp, int tasks) {
        try (var application = start(home)) {
            return warm(application, threads, warmUp, tasks);
        }
    }

    /** @param viewChanges how many changes a second the views are folded from the log, when nothing else is done */
    record WithViews(Result relay, double viewChanges) {}

    /** The same, and beside it a replay of the views from the log that it leaves. */
    static WithViews measureWithViews(Path home, int threads, int warmUp, int tasks) {
        try (var application = start(home)) {
            var relay = warm(application, threads, warmUp, tasks);
            var events = application.getBean(LogOrigin.class).head();
            var changes = (double) relay.changes() / tasks * (warmUp + tasks);
            return new WithViews(relay, PastBench.replay(application) / events * changes);
        }
    }

    private static ConfigurableApplicationContext start(Path home) {
        return Application.silent(List.of("--muster.home=" + home, "--muster.task.lease=PT10M"));
    }

    private static Result warm(ApplicationContext application, int threads, int warmUp, int tasks) {
        return warm(application.getBean(CommandGateway.class), () -> awaitViews(application), threads, warmUp, tasks);
    }

    /** The same on Axon alone, with a log in that folder. */
    static Result measureBare(Path log, int threads, int warmUp, int tasks) {
        try (var axon = BareAxon.start(log)) {
            return warm(axon.commands(), () -> {}, threads, warmUp, tasks);
        }
    }

    private static Result warm(CommandGateway commands, Runnable awaitViews, int threads, int warmUp, int tasks) {
        if (warmUp > 0) {
            new InProcessRelay(commands, awaitViews, "warm", threads, warmUp).run();
        }
        return new InProcessRelay(commands, awaitViews, "relay", threads, tasks).run();
    }

    private Result run() {
        for (int thread = 0; thread < threads; thread++) {
            send("anonymous", new RegisterAgent(agent(thread), null, null, null));
        }
        var cpu = cpuNanos();
        var start = System.nanoTime();
        var latencies = TaskRelay.inParallel(threads, this::work);
        awaitViews.run();
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Result(latencies.size(), seconds, (cpuNanos() - cpu) / 1e9, latencies);
    }

    private AgentId agent(int thread) {
        return AgentId.of(run + "-a" + thread);
    }

    private Latencies work(int thread) {
        var latencies = new Latencies();
        var agent = agent(thread);
        while (true) {
            var number = toSubmit.getAndIncrement();
            if (number < tasks) {
                timed(latencies, agent, submit(number));
            }
            if (toComplete.get() >= tasks) {
                return latencies;
            }
            var start = System.nanoTime();
            Assignment claimed = send(agent.value(), new ClaimNextTask(agent, null, Set.of(run), null));
            if (claimed == null) {
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            latencies.add(System.nanoTime() - start);
            var task = claimed.taskId();
            var token = claimed.fencingToken();
            timed(latencies, agent, new ReportProgress(task, agent, token, HALF, null, null, null));
            timed(latencies, agent, new CompleteTask(task, agent, token, null, null));
            toComplete.incrementAndGet();
        }
    }

    private SubmitTask submit(int number) {
        var task = TaskId.of(run + "-t" + number);
        return new SubmitTask(
                task, "Task " + number, null, null, null, Set.of(run), null, null, null, null, null, null, null);
    }

    private void timed(Latencies latencies, AgentId agent, Object command) {
        var start = System.nanoTime();
        send(agent.value(), command);
        latencies.add(System.nanoTime() - start);
    }

    @SuppressWarnings("unchecked")
    private <R extends @Nullable Object> R send(String actor, Object command) {
        var request = "request:" + UUID.randomUUID();
        var metadata = Map.of(
                MetaKeys.ACTOR, actor,
                MetaKeys.CAUSATION_ID, request,
                MetaKeys.CORRELATION_ID, request,
                MetaKeys.IDEMPOTENCY_KEY, request);
        var answered = new CompletableFuture<Object>();
        commands.send(new GenericCommandMessage<>(command, metadata), (sent, result) -> {
            if (result.isExceptional()) {
                answered.completeExceptionally(result.exceptionResult());
            } else {
                answered.complete(result.getPayload());
            }
        });
        return (R) answered.join();
    }

    private static void awaitViews(ApplicationContext application) {
        var last = application.getBean(LogOrigin.class).head() - 1;
        var views = application.getBean(ViewProgress.class);
        try {
            while (!views.awaitPosition(last, LOOK)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the views", e);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }
}
