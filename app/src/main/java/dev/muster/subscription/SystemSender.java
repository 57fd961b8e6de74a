package dev.muster.subscription;

import dev.muster.message.Actor;
import dev.muster.message.MetaKeys;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

/** Sends the commands by which is recorded what was delivered, and waits for each. */
final class SystemSender {

    private static final Map<String, Object> METADATA =
            Map.of(MetaKeys.ACTOR, Actor.system("subscriptions").name(), MetaKeys.TRUSTED, true);

    private final CommandGateway commands;

    SystemSender(CommandGateway commands) {
        this.commands = commands;
    }

    /** @throws dev.muster.message.Refusal if it is refused */
    @Nullable
    Object send(Object command) {
        var answered = new CompletableFuture<@Nullable Object>();
        commands.send(new GenericCommandMessage<>(command, METADATA), (sent, result) -> {
            if (result.isExceptional()) {
                answered.completeExceptionally(result.exceptionResult());
            } else {
                answered.complete(result.getPayload());
            }
        });
        try {
            return answered.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
