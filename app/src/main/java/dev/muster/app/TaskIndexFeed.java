package dev.muster.app;

import dev.muster.history.LogOrigin;
import dev.muster.history.LogSource;
import dev.muster.task.TaskIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.SubscribableMessageSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the index of tasks what is in the log: first what is there at the start and is not in its checkpoint, and from then
 * on each event in the thread that appended it, once it is durable and before its command is answered.
 *
 * <p>These threads tell it of events in no order, so none of them knows up to which position everything was told. A
 * checkpoint is therefore made after the log was read once more from the one before: what the index knows already costs it
 * next to nothing. {@link CheckpointPace} says when.
 */
final class TaskIndexFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TaskIndexFeed.class);
    private static final int BATCH = 1_000;

    /** For how long the start waits for the index; what needs it after that is refused until it is there. */
    private static final long WAIT_SECONDS = 10;

    private static final long LOOK_SECONDS = 5;

    private final TaskIndex index;
    private final LogSource log;
    private final LogOrigin origin;
    private final TaskIndexFile file;

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "muster-task-index");
        thread.setDaemon(true);
        return thread;
    });

    /** The position up to which every event was told; and the one of the last checkpoint. Both of the worker. */
    private long told = -1;

    private long kept = -1;
    private final CheckpointPace pace;
    private final LongSupplier nanos;
    private volatile boolean running;

    TaskIndexFeed(
            TaskIndex index,
            LogSource log,
            LogOrigin origin,
            TaskIndexFile file,
            SubscribableMessageSource<EventMessage<?>> events,
            LongSupplier nanos) {
        this.index = index;
        this.log = log;
        this.origin = origin;
        this.file = file;
        this.nanos = nanos;
        this.pace = new CheckpointPace(nanos.getAsLong());
        events.subscribe(this::appended);
    }

    private void appended(List<? extends EventMessage<?>> events) {
        if (CurrentUnitOfWork.isStarted()) {
            var durable = List.copyOf(events);
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> index.accept(durable));
        } else {
            index.accept(events);
        }
    }

    /** Begins to read the checkpoint, while other parts of the application are made. To be called once, before the start. */
    void restore() {
        worker.execute(() -> {
            try {
                file.read().ifPresent(stored -> {
                    index.restore(stored.checkpoint());
                    told = stored.position();
                    kept = stored.position();
                });
            } catch (RuntimeException e) {
                LOG.warn("The checkpoint of the index of tasks can't be used; the index is made from the log", e);
            }
        });
    }

    @Override
    public void start() {
        running = true;
        var caughtUp = worker.submit(this::catchUp);
        worker.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        try {
            caughtUp.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.info("The index of tasks is not there yet; what needs it is refused until it is");
        }
    }

    private void catchUp() {
        try {
            tellTheRest();
            index.caughtUp();
            LOG.debug("The index of tasks knows the log up to position {}, from {} by its checkpoint", told, kept);
        } catch (RuntimeException e) {
            LOG.error("The index of tasks can't be made from the log; what needs it is refused", e);
        }
    }

    /** In batches that end with the last part of an event, where it was split. */
    private void tellTheRest() {
        var batch = new ArrayList<TrackedEventMessage<?>>(BATCH);
        try (var events = log.after(told < 0 ? null : new GlobalSequenceTrackingToken(told))) {
            for (var each = events.iterator(); each.hasNext(); ) {
                var event = each.next();
                if (batch.size() >= BATCH && position(event) > position(batch.get(batch.size() - 1))) {
                    tell(batch);
                    if (!running) {
                        return;
                    }
                }
                batch.add(event);
            }
            tell(batch);
        }
    }

    private void tell(List<TrackedEventMessage<?>> batch) {
        if (!batch.isEmpty()) {
            index.accept(batch);
            told = position(batch.get(batch.size() - 1));
            batch.clear();
        }
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElseThrow();
    }

    /** Makes a checkpoint if one is due. */
    void look() {
        try {
            var now = nanos.getAsLong();
            if (pace.isDue(origin.head(), kept + 1, now)) {
                keep();
                pace.made(now, nanos.getAsLong());
            }
        } catch (RuntimeException e) {
            LOG.debug("Whether a checkpoint of the index of tasks is due can't be told", e);
        }
    }

    private void keep() {
        try {
            if (index.isCaughtUp()) {
                tellTheRest();
                if (told > kept) {
                    file.write(new TaskIndexFile.Stored(told, index.checkpoint()));
                    kept = told;
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("No checkpoint of the index of tasks could be made; the next start reads more of the log", e);
        }
    }

    /** Makes a last checkpoint. No thread is interrupted, since it may be using the log. */
    @Override
    public void stop() {
        worker.execute(this::keep);
        worker.shutdown();
        try {
            if (!worker.awaitTermination(WAIT_SECONDS, TimeUnit.SECONDS)) {
                running = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before anything can send a command. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1_000;
    }
}
