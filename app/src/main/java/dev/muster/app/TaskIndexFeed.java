package dev.muster.app;

import dev.muster.history.LogReader;
import dev.muster.task.TaskIndex;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells the index of tasks what is in the log: first what is there at the start, and from then on each event in the thread
 * that appended it, once it is durable and before its command is answered.
 */
@Component
class TaskIndexFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TaskIndexFeed.class);
    private static final int BATCH = 1_000;

    /** For how long the start waits for the index; what needs it after that is refused until it is there. */
    private static final long WAIT_MILLIS = 10_000;

    private final TaskIndex index;
    private final LogReader.Source log;
    private volatile boolean running;

    TaskIndexFeed(TaskIndex index, LogReader.Source log, EventStore events) {
        this.index = index;
        this.log = log;
        events.subscribe(this::appended);
    }

    private void appended(List<? extends EventMessage<?>> events) {
        if (CurrentUnitOfWork.isStarted()) {
            var told = List.copyOf(events);
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> index.accept(told));
        } else {
            index.accept(events);
        }
    }

    @Override
    public void start() {
        running = true;
        var thread = new Thread(this::catchUp, "muster-task-index");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void catchUp() {
        var batch = new ArrayList<EventMessage<?>>(BATCH);
        var told = 0L;
        try (var events = log.after(null)) {
            for (var each = events.iterator(); running && each.hasNext(); ) {
                batch.add(each.next());
                if (batch.size() == BATCH) {
                    index.accept(batch);
                    batch.clear();
                    told += BATCH;
                }
            }
            index.accept(batch);
            index.caughtUp();
            LOG.debug("The index of tasks knows {} events", told + batch.size());
        } catch (RuntimeException e) {
            LOG.error("The index of tasks can't be made from the log; tasks can't be claimed by ClaimNextTask", e);
        }
    }

    @Override
    public void stop() {
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
