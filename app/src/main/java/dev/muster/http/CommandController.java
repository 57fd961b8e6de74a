package dev.muster.http;

import dev.muster.app.MusterProperties;
import dev.muster.message.CommandEntry;
import dev.muster.message.InvalidField;
import dev.muster.message.MetaKeys;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand.ClaimNextTask;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Every command of the catalog, by one rule: its name in kebab case, its fields as JSON. */
@RestController
class CommandController {

    private final CommandReader reader;
    private final CommandGateway commands;
    private final MessageBodies bodies;
    private final Duration waitLimit;

    CommandController(
            CommandReader reader, CommandGateway commands, MessageBodies bodies, MusterProperties properties) {
        this.reader = reader;
        this.commands = commands;
        this.bodies = bodies;
        this.waitLimit = properties.query().waitLimit();
    }

    @PostMapping("/api/commands/{name}")
    ResponseEntity<byte[]> send(@PathVariable String name, HttpServletRequest request) throws IOException {
        var entry = reader.entry(name);
        var context = RequestContext.of(request);
        var json = bodies.object(request);
        var command = reader.read(entry, json, context.actor(), context.idempotencyKey());
        var metadata = new LinkedHashMap<>(context.metadata());
        if (entry.payload() == ClaimNextTask.class) {
            metadata.put(
                    MetaKeys.WAIT_MILLIS,
                    RequestContext.wait(request, Duration.ZERO, waitLimit).toMillis());
        } else if (request.getParameter("wait") != null) {
            throw new InvalidField("wait", "is known to claim-next-task alone");
        }
        var result = dispatch(new GenericCommandMessage<>(command, metadata));
        return answer(idOf(entry, json, result.getPayload()), result, context);
    }

    private CommandResultMessage<?> dispatch(GenericCommandMessage<?> command) {
        var answered = new CompletableFuture<CommandResultMessage<?>>();
        commands.send(command, (sent, result) -> {
            if (result.isExceptional()) {
                answered.completeExceptionally(result.exceptionResult());
            } else {
                answered.complete(result);
            }
        });
        try {
            return answered.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private static @Nullable String idOf(CommandEntry entry, ObjectNode json, @Nullable Object result) {
        if (entry.target().isPresent()) {
            return json.get(entry.target().get().field()).asString();
        }
        return result instanceof Assignment assignment ? assignment.taskId().value() : null;
    }

    private static ResponseEntity<byte[]> answer(
            @Nullable String id, CommandResultMessage<?> result, RequestContext context) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        var version = result.getMetaData().get(MetaKeys.VERSION);
        body.put("id", id);
        body.put("version", version);
        body.put("seen", result.getMetaData().get(MetaKeys.SEEN));
        body.put("result", result.getPayload());
        var answer = ResponseEntity.ok().header("Muster-Request-Id", context.requestId());
        if (version != null) {
            answer.eTag("\"" + version + "\"");
        }
        return HttpProblem.json(answer, body);
    }
}
