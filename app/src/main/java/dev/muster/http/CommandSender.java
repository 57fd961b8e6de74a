package dev.muster.http;

import dev.muster.message.CommandEntry;
import dev.muster.message.MetaKeys;
import dev.muster.task.Assignment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Sends a command that was read, and waits for its answer. */
@Component
public class CommandSender {

    private final CommandGateway commands;

    CommandSender(CommandGateway commands) {
        this.commands = commands;
    }

    /**
     * What a client is told of a command that was done.
     *
     * @param id of the command's target
     * @param version of the target after it; none if the command has no target, or nothing was found for it
     */
    public record Answer(
            @Nullable String id,
            @Nullable Object version,
            @Nullable Object seen,
            @Nullable Object result) {

        public Map<String, @Nullable Object> toJson() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("id", id);
            json.put("version", version);
            json.put("seen", seen);
            json.put("result", result);
            return json;
        }
    }

    /** @param json what the command was read of */
    public Answer send(CommandEntry entry, ObjectNode json, Object command, Map<String, Object> metadata) {
        var result = dispatch(new GenericCommandMessage<>(command, metadata));
        var meta = result.getMetaData();
        return new Answer(
                idOf(entry, json, result.getPayload()),
                meta.get(MetaKeys.VERSION),
                meta.get(MetaKeys.SEEN),
                result.getPayload());
    }

    private CommandResultMessage<?> dispatch(GenericCommandMessage<?> command) {
        // The result is handed over as it is, since a future that fails makes an exception with a stack trace of its
        // own.
        var answered = new CompletableFuture<CommandResultMessage<?>>();
        commands.send(command, (sent, result) -> answered.complete(result));
        var result = answered.join();
        if (result.isExceptional()) {
            throw result.exceptionResult() instanceof RuntimeException failure
                    ? failure
                    : new CompletionException(result.exceptionResult());
        }
        return result;
    }

    private static @Nullable String idOf(CommandEntry entry, ObjectNode json, @Nullable Object result) {
        if (entry.target().isPresent()) {
            return json.get(entry.target().get().field()).asString();
        }
        return result instanceof Assignment assignment ? assignment.taskId().value() : null;
    }
}
