package dev.muster.saga;

import dev.muster.message.Actor;
import dev.muster.message.Cause;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.SystemCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.HandlerExecutionException;

/**
 * Sends each command in a thread that handles no event, since Axon would make it a part of the event's unit of work, and
 * waits for the answer. Thread-safe.
 */
public final class WaitingSystemCommands implements SystemCommands, AutoCloseable {

    /** How long an answer is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int NOT_NOW = 503;

    private final CommandGateway commands;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "muster-system-commands");
        thread.setDaemon(true);
        return thread;
    });

    /** @param commands which tries conflicts of concurrent appends again */
    public WaitingSystemCommands(CommandGateway commands) {
        this.commands = commands;
    }

    @Override
    public Optional<Problem> send(String name, Object command, Cause cause) {
        var answered = new CompletableFuture<CommandResultMessage<?>>();
        threads.execute(() -> dispatch(message(name, command, cause), answered));
        return refusal(await(command, answered));
    }

    /** The command as it is sent: in whose name, because of what, and under which key. */
    public static GenericCommandMessage<Object> message(String name, Object command, Cause cause) {
        var meta = new HashMap<String, Object>(cause.metadata());
        meta.put(MetaKeys.ACTOR, Actor.system(name).name());
        meta.put(MetaKeys.TRUSTED, true);
        meta.put(
                MetaKeys.IDEMPOTENCY_KEY,
                String.join(" ", name, MessageNames.nameOf(command.getClass()), cause.eventId()));
        return new GenericCommandMessage<>(command, meta);
    }

    private void dispatch(GenericCommandMessage<?> command, CompletableFuture<CommandResultMessage<?>> answered) {
        try {
            commands.send(command, (sent, result) -> answered.complete(result));
        } catch (RuntimeException e) {
            answered.completeExceptionally(e);
        }
    }

    private static CommandResultMessage<?> await(Object command, CompletableFuture<CommandResultMessage<?>> answered) {
        try {
            return answered.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("It can't be sent for now: " + command, e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("It was not answered within " + PATIENCE + ": " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the answer to " + command, e);
        }
    }

    private static Optional<Problem> refusal(CommandResultMessage<?> result) {
        if (!result.isExceptional()) {
            return Optional.empty();
        }
        var failure = result.exceptionResult();
        return Optional.of(failure)
                .filter(HandlerExecutionException.class::isInstance)
                .flatMap(refused -> ((HandlerExecutionException) refused).<Object>getDetails())
                .filter(Problem.class::isInstance)
                .map(Problem.class::cast)
                .filter(problem -> problem.status() != NOT_NOW)
                .or(() -> {
                    throw new IllegalStateException("It can't be handled for now: " + failure.getMessage(), failure);
                });
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
