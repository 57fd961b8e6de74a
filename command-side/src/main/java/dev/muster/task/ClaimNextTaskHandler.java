package dev.muster.task;

import dev.muster.command.ReusedKey;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.TaskCommand.ClaimNextTask;
import dev.muster.task.TaskCommand.ClaimTask;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Finds the best ready task for an agent and claims it. The index lends each asker another candidate, so that many who ask
 * at once do not all try the same; the claim itself is an ordinary {@link ClaimTask}, in a unit of work of its own, and the
 * next candidate is tried when it is refused.
 */
public final class ClaimNextTaskHandler {

    private static final int TRIES = 100;

    private final TaskIndex index;
    private final CommandBus commands;
    private final Semaphore waiters;
    private final Map<String, CountDownLatch> underWay = new ConcurrentHashMap<>();

    /** @param maxWaiting how many agents may wait for a task at a time */
    public ClaimNextTaskHandler(TaskIndex index, CommandBus commands, int maxWaiting) {
        this.index = index;
        this.commands = commands;
        this.waiters = new Semaphore(maxWaiting);
    }

    /** @return the assignment; none if no task is ready that the agent is capable of */
    @CommandHandler
    public CommandResultMessage<@Nullable Assignment> handle(ClaimNextTask command, CommandMessage<?> message)
            throws Exception {
        index.mustBeCaughtUp();
        if (!index.knows(command.agentId())) {
            throw new Refusal(new Problem(
                    "agent-not-found",
                    "There is no such agent",
                    404,
                    "There is no agent " + command.agentId().value()
                            + ". Register it with RegisterAgent, or correct the identifier.",
                    Map.of("agentId", command.agentId().value())));
        }
        if (!(message.getMetaData().get(MetaKeys.IDEMPOTENCY_KEY) instanceof String key)) {
            return claim(command, message, null);
        }
        return once(command, message, key);
    }

    /** Two at once with one key wait for each other. */
    private CommandResultMessage<@Nullable Assignment> once(
            ClaimNextTask command, CommandMessage<?> message, String key) throws Exception {
        var lock = command.agentId().value() + " " + key;
        var mine = new CountDownLatch(1);
        for (CountDownLatch other; (other = underWay.putIfAbsent(lock, mine)) != null; ) {
            other.await();
        }
        try {
            var claimKey = ClaimKey.of(command, key);
            var earlier = index.claimed(command.agentId(), key);
            if (earlier.isEmpty()) {
                return claim(command, message, claimKey.stored());
            }
            if (!earlier.get().wish().equals(claimKey.wish())) {
                throw new ReusedKey(key, command.agentId().stored(), MessageNames.nameOf(ClaimNextTask.class));
            }
            return again(earlier.get());
        } finally {
            underWay.remove(lock);
            mine.countDown();
        }
    }

    private static CommandResultMessage<@Nullable Assignment> again(TaskIndex.EarlierClaim earlier) {
        var entity = earlier.assignment().taskId().stored();
        return new GenericCommandResultMessage<>(
                earlier.assignment(),
                Map.of(MetaKeys.VERSION, earlier.version(), MetaKeys.SEEN, entity + "@" + earlier.version()));
    }

    private CommandResultMessage<@Nullable Assignment> claim(
            ClaimNextTask command, CommandMessage<?> message, @Nullable String key) throws Exception {
        var patience = message.getMetaData().get(MetaKeys.WAIT_MILLIS) instanceof Number millis
                ? TimeUnit.MILLISECONDS.toNanos(millis.longValue())
                : 0;
        var until = System.nanoTime() + patience;
        var tried = new HashSet<TaskId>();
        while (tried.size() < TRIES) {
            var candidate = lend(command, tried, until - System.nanoTime());
            if (candidate.isEmpty()) {
                break;
            }
            tried.add(candidate.get());
            try {
                var result = send(new ClaimTask(candidate.get(), command.agentId()), message, key);
                if (!result.isExceptional()) {
                    return result;
                }
                if (!(result.exceptionResult() instanceof Refusal refusal) || isAboutTheAgent(refusal)) {
                    throw result.exceptionResult() instanceof Exception e
                            ? e
                            : new IllegalStateException(result.exceptionResult());
                }
            } finally {
                index.giveBack(candidate.get());
            }
        }
        return new GenericCommandResultMessage<>((Assignment) null);
    }

    private Optional<TaskId> lend(ClaimNextTask command, HashSet<TaskId> tried, long patience)
            throws InterruptedException {
        var found = index.lend(command, tried, 0);
        if (found.isPresent() || patience <= 0) {
            return found;
        }
        if (!waiters.tryAcquire()) {
            throw later("too-many-waiting", "As many agents wait for a task as may");
        }
        try {
            return index.lend(command, tried, patience);
        } finally {
            waiters.release();
        }
    }

    private static boolean isAboutTheAgent(Refusal refusal) {
        var code = refusal.problem().code();
        return !code.startsWith("task-") && !code.equals("agent-not-capable");
    }

    private CommandResultMessage<@Nullable Assignment> send(
            ClaimTask claim, CommandMessage<?> message, @Nullable String key) {
        var meta = new HashMap<String, Object>(message.getMetaData());
        meta.keySet().removeAll(List.of(MetaKeys.WAIT_MILLIS, MetaKeys.IDEMPOTENCY_KEY));
        if (key != null) {
            meta.put(MetaKeys.IDEMPOTENCY_KEY, key);
        }
        var command = new GenericCommandMessage<>(claim, meta);
        var callback = new FutureCallback<ClaimTask, @Nullable Assignment>();
        // The claim is to be a unit of work of its own, not one within this one.
        var outer = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get() : null;
        if (outer != null) {
            CurrentUnitOfWork.clear(outer);
        }
        try {
            commands.dispatch(command, callback);
            return GenericCommandResultMessage.asCommandResultMessage(callback.getResult());
        } finally {
            if (outer != null) {
                CurrentUnitOfWork.set(outer);
            }
        }
    }

    private static Refusal later(String code, String title) {
        return new Refusal(new Problem(
                code,
                title,
                503,
                title + "; " + MessageNames.nameOf(ClaimNextTask.class) + " can be answered again in a moment.",
                Map.of("retryAfterSeconds", 1)));
    }
}
