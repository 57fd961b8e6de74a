package dev.muster.task;

import dev.muster.agent.AgentId;
import dev.muster.message.Actor;
import dev.muster.message.Cause;
import dev.muster.message.MetaKeys;
import dev.muster.message.Refusal;
import dev.muster.task.TaskQuery.BlockerCycles;
import dev.muster.task.TaskQuery.Due;
import dev.muster.task.TaskQuery.DueTasks;
import dev.muster.task.TaskQuery.FindBlockerCycles;
import dev.muster.task.TaskQuery.FindDueTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to what is due about tasks: leases, rests and deadlines that are over, blockers that have come to what was waited
 * for, tasks of retired agents, tasks that wait for each other. It is level-triggered: it asks what is due, when something
 * has happened and at least at every interval, and sends commands that are refused where they no longer fit. So whatever
 * was missed, by a crash or a race, is found by the next look.
 */
public final class TaskSupervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSupervisor.class);
    private static final Actor ACTOR = Actor.system("supervisor");

    private final QueryGateway queries;
    private final CommandBus commands;
    private final Clock clock;
    private final Settings settings;
    private final Semaphore happened = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "muster-supervisor");
    private final Semaphore resting = new Semaphore(0);
    private volatile boolean closed;
    private long circlesAt = System.nanoTime();
    private @Nullable Instant leasesFrom;

    /**
     * How it works.
     *
     * @param interval after which it looks again at the latest, and how often it looks for circles
     * @param rest for how long it rests between two looks, however much happens
     * @param grace how long after the start no lease is expired, so that agents who are alive can say so: one lease
     * @param limit how many of a kind it sees to at a look
     */
    public record Settings(Duration interval, Duration rest, Duration grace, int limit) {}

    public TaskSupervisor(QueryGateway queries, CommandBus commands, Clock clock, Settings settings) {
        this.queries = queries;
        this.commands = commands;
        this.clock = clock;
        this.settings = settings;
        thread.setDaemon(true);
    }

    /** Begins to look, in a thread of its own. */
    public void start() {
        thread.start();
    }

    /** Says that something has happened. It may be called as often as one likes. */
    public void wake() {
        if (happened.availablePermits() == 0) {
            happened.release();
        }
    }

    private void run() {
        while (!closed) {
            try {
                happened.tryAcquire(settings.interval().toMillis(), TimeUnit.MILLISECONDS);
                happened.drainPermits();
                while (!closed && look() >= settings.limit()) {
                    LOG.debug("More is due than is seen to at a look; looking again");
                }
                if (System.nanoTime() - circlesAt >= settings.interval().toNanos()) {
                    circlesAt = System.nanoTime();
                    lookForCircles();
                }
                resting.tryAcquire(settings.rest().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                if (!closed) {
                    LOG.warn("What is due could not be seen to; the next look will find it", e);
                }
            }
        }
    }

    /**
     * Looks once.
     *
     * @return how many things were done; as many as the limit, if that may have cut it short
     */
    public int look() throws Exception {
        var now = clock.instant();
        if (leasesFrom == null) {
            leasesFrom = now.plus(settings.grace());
        }
        var due = queries.query(asSystem(new FindDueTasks(now, settings.limit())), DueTasks.class)
                .get();
        var done = 0;
        for (var item : due.items()) {
            if (!(item instanceof Due.Lease) || !now.isBefore(leasesFrom)) {
                done += send(commandFor(item), item.cause(), null) ? 1 : 0;
            }
        }
        return done;
    }

    /** Breaks each circle of tasks that wait for each other at its youngest edge. */
    public void lookForCircles() throws Exception {
        var cycles = queries.query(asSystem(new FindBlockerCycles()), BlockerCycles.class)
                .get();
        for (var cycle : cycles.items()) {
            var path = cycle.path().stream().map(TaskId::value).collect(Collectors.joining(" -> "));
            var reason = "these tasks waited for each other: " + path;
            send(new TaskCommand.RemoveBlocker(cycle.taskId(), cycle.blockerId(), reason), cycle.cause(), reason);
        }
    }

    private static Message<?> asSystem(Object query) {
        return new GenericMessage<>(query, Map.of(MetaKeys.TRUSTED, true));
    }

    private static TaskCommand commandFor(Due due) {
        if (due instanceof Due.Lease lease) {
            return new TaskCommand.ExpireLease(lease.taskId(), lease.fencingToken());
        }
        if (due instanceof Due.Backoff backoff) {
            return new TaskCommand.EndBackoff(backoff.taskId());
        }
        if (due instanceof Due.Deadline deadline) {
            return new TaskCommand.ExpireTask(deadline.taskId());
        }
        if (due instanceof Due.BlockerMet met) {
            return new TaskCommand.ClearBlocker(met.taskId(), met.blockerId(), met.outcome());
        }
        var held = (Due.HolderRetired) due;
        return new TaskCommand.ReleaseTask(
                held.taskId(), held.agentId(), held.fencingToken(), "agent " + name(held.agentId()) + " has retired");
    }

    private static String name(AgentId agent) {
        return agent.value();
    }

    /** @return whether it was done; if not, it no longer fitted, and the next look will not find it any more */
    private boolean send(TaskCommand command, @Nullable Cause cause, @Nullable String reason) {
        var meta = new HashMap<String, Object>();
        meta.put(MetaKeys.ACTOR, ACTOR.name());
        meta.put(MetaKeys.TRUSTED, true);
        if (cause != null) {
            meta.putAll(cause.metadata());
        }
        if (reason != null) {
            meta.put(MetaKeys.REASON, reason);
        }
        var answer = new FutureCallback<TaskCommand, Object>();
        commands.dispatch(new GenericCommandMessage<>(command, meta), answer);
        var result = answer.getResult();
        if (!result.isExceptional()) {
            return true;
        }
        if (result.exceptionResult() instanceof Refusal refusal) {
            LOG.debug("{} no longer fits: {}", command, refusal.getMessage());
        } else {
            LOG.warn("{} failed; the next look will find it again", command, result.exceptionResult());
        }
        return false;
    }

    /** Ends when the look that runs is over. */
    @Override
    public void close() {
        closed = true;
        wake();
        resting.release();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
