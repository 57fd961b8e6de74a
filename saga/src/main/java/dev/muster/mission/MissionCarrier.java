package dev.muster.mission;

import dev.muster.message.Actor;
import dev.muster.message.MetaKeys;
import dev.muster.message.Refusal;
import dev.muster.mission.MissionCommand.RecordCompensationFailed;
import dev.muster.mission.MissionCommand.RecordStepFailed;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the sagas of missions owe, in threads of its own, once what they have noted is durable: a few lanes, each
 * mission always in the same one, so that its commands keep their order. Until it is told that the sagas have reached the
 * head of the log it is mute, since what they owe in between may have been done long ago; then it sends what is left.
 */
public final class MissionCarrier implements Outbox, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MissionCarrier.class);
    private static final Actor ACTOR = Actor.system("mission");
    private static final AssociationValue OPEN = new AssociationValue(MissionSaga.OPEN, "yes");

    /** How long is waited before a command is sent again that could not be handled; each time twice as long. */
    private static final Duration FIRST_REST = Duration.ofMillis(20);

    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final CommandBus commands;
    private final SagaStore<Object> sagas;
    private final List<? extends Executor> lanes;
    private final boolean persistent;

    /** Names what is to be sent when a unit of work is over. */
    private final String key = "muster-missions-owed-" + System.identityHashCode(this);

    private volatile boolean mute = true;
    private volatile boolean closed;

    /** @param lanes how many missions are carried at a time */
    public MissionCarrier(CommandBus commands, SagaStore<Object> sagas, int lanes) {
        this(
                commands,
                sagas,
                IntStream.range(0, lanes).mapToObj(MissionCarrier::lane).toList(),
                true);
    }

    private MissionCarrier(
            CommandBus commands, SagaStore<Object> sagas, List<? extends Executor> lanes, boolean persistent) {
        this.commands = commands;
        this.sagas = sagas;
        this.lanes = lanes;
        this.persistent = persistent;
    }

    /** One that has everything sent by that executor, once: where nothing else happens meanwhile, trying again is of no use. */
    public static MissionCarrier in(Executor executor, CommandBus commands, SagaStore<Object> sagas) {
        return new MissionCarrier(commands, sagas, List.of(executor), false);
    }

    private static ExecutorService lane(int number) {
        return Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "muster-missions-" + number);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Says that the sagas know the log up to its head: what they owe now is sent, and from now on at once. */
    public void caughtUp() {
        mute = false;
        var open = sagas.findSagas(MissionSaga.class, OPEN);
        for (var id : open) {
            var entry = sagas.loadSaga(MissionSaga.class, id);
            if (entry != null) {
                var saga = entry.saga();
                saga.owed().forEach(owed -> enqueue(saga.missionId(), owed));
            }
        }
        LOG.debug("{} missions are open", open.size());
    }

    @Override
    public void send(MissionId mission, Owed owed) {
        if (CurrentUnitOfWork.isStarted()) {
            afterCommitInOrder(() -> sendIfLive(mission, owed));
        } else {
            sendIfLive(mission, owed);
        }
    }

    /** One callback for all of them: those of a unit of work run in the reverse order, and events are handled in batches. */
    private void afterCommitInOrder(Runnable send) {
        var root = CurrentUnitOfWork.get().root();
        root.<List<Runnable>>getOrComputeResource(key, none -> {
                    var sends = new ArrayList<Runnable>();
                    root.afterCommit(unitOfWork -> sends.forEach(Runnable::run));
                    return sends;
                })
                .add(send);
    }

    private void sendIfLive(MissionId mission, Owed owed) {
        if (!mute) {
            enqueue(mission, owed);
        }
    }

    private void enqueue(MissionId mission, Owed owed) {
        try {
            lanes.get(Math.floorMod(mission.hashCode(), lanes.size())).execute(() -> carry(owed));
        } catch (RejectedExecutionException e) {
            LOG.debug("What is owed is sent at the next start, since this one ends: {}", owed.key());
        }
    }

    private void carry(Owed owed) {
        for (var rest = FIRST_REST; !closed; rest = longer(rest)) {
            var failure = dispatch(owed);
            if (failure == null) {
                return;
            }
            if (failure instanceof Refusal refusal && !isForNow(refusal)) {
                refused(owed, refusal);
                return;
            }
            if (!persistent) {
                LOG.warn("{} can't be sent", owed.key(), failure);
                return;
            }
            LOG.debug("{} is sent again", owed.key(), failure);
            LockSupport.parkNanos(rest.toNanos());
        }
    }

    private static Duration longer(Duration rest) {
        var twice = rest.multipliedBy(2);
        return twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
    }

    /** The index of tasks may not be there yet; and a clock may be a moment behind the one that woke the saga. */
    private static boolean isForNow(Refusal refusal) {
        return refusal.problem().status() == 503 || refusal.problem().code().equals("mission-deadline-not-over");
    }

    /** A task that can't come about has failed; anything else no longer fits, since the mission or the task went on. */
    private void refused(Owed owed, Refusal refusal) {
        if (owed.command() instanceof SubmitTask submit) {
            LOG.warn("A step can't become a task: {}", refusal.getMessage());
            carry(new Owed(owed.key() + " refused", failure(submit, refusal), owed.cause(), null));
        } else {
            LOG.debug("{} no longer fits: {}", owed.key(), refusal.getMessage());
        }
    }

    private static MissionCommand failure(SubmitTask submit, Refusal refusal) {
        var mission = submit.missionId();
        var step = submit.stepId();
        if (mission == null || step == null) {
            throw new IllegalArgumentException("Not a task of a mission: " + submit);
        }
        var error = refusal.getMessage();
        var told = error.length() <= TaskCommand.MAX_TEXT ? error : error.substring(0, TaskCommand.MAX_TEXT);
        return submit.taskId().equals(Work.undoOf(mission, step))
                ? new RecordCompensationFailed(mission, step, told, 0, Usage.NONE)
                : new RecordStepFailed(mission, step, told, 0, Usage.NONE);
    }

    private @Nullable Throwable dispatch(Owed owed) {
        var meta = new HashMap<String, Object>(owed.cause().metadata());
        meta.put(MetaKeys.ACTOR, ACTOR.name());
        meta.put(MetaKeys.TRUSTED, true);
        meta.put(MetaKeys.IDEMPOTENCY_KEY, owed.key());
        if (owed.onBehalfOf() != null) {
            meta.put(MetaKeys.ON_BEHALF_OF, owed.onBehalfOf());
        }
        var answer = new FutureCallback<Object, Object>();
        try {
            commands.dispatch(new GenericCommandMessage<>(owed.command(), meta), answer);
            var result = answer.getResult();
            return result.isExceptional() ? result.exceptionResult() : null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Ends when what is being sent has been answered; what is still owed is sent at the next start. */
    @Override
    public void close() {
        closed = true;
        var threads = lanes.stream()
                .filter(ExecutorService.class::isInstance)
                .map(ExecutorService.class::cast)
                .toList();
        threads.forEach(ExecutorService::shutdown);
        try {
            for (var thread : threads) {
                thread.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
