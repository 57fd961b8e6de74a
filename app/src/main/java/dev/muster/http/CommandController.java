package dev.muster.http;

import dev.muster.agent.AgentId;
import dev.muster.app.MusterProperties;
import dev.muster.message.CommandEntry;
import dev.muster.message.InvalidField;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MetaKeys;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand.ClaimNextTask;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
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

    private final MessageCatalog catalog;
    private final CommandGateway commands;
    private final MessageBodies bodies;
    private final Duration waitLimit;

    CommandController(
            MessageCatalog catalog, CommandGateway commands, MessageBodies bodies, MusterProperties properties) {
        this.catalog = catalog;
        this.commands = commands;
        this.bodies = bodies;
        this.waitLimit = properties.query().waitLimit();
    }

    @PostMapping("/api/commands/{name}")
    ResponseEntity<byte[]> send(@PathVariable String name, HttpServletRequest request) throws IOException {
        var entry = catalog.command(name).filter(CommandEntry::offered).orElseThrow(() -> unknown(name));
        var context = RequestContext.of(request);
        var json = bodies.object(request);
        fillIn(entry, json, context);
        var command = bodies.read(json, entry.payload());
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

    private static Refusal unknown(String name) {
        return new Refusal(new Problem(
                "unknown-command",
                "There is no such command",
                404,
                "There is no command " + name + ". GET /api/catalog lists those there are."));
    }

    /** What a client may leave out: the identifier of what it creates, and an agent's own. */
    private static void fillIn(CommandEntry entry, ObjectNode json, RequestContext context) {
        if (context.actor().isAgent() && isAbsent(json, "agentId") && hasAgentId(entry.payload())) {
            json.put("agentId", context.actor().name());
        }
        if (entry.creates() && entry.target().isPresent()) {
            var field = entry.target().get().field();
            if (isAbsent(json, field)) {
                json.put(field, MadeIds.make(context.actor().name(), entry.name(), context.idempotencyKey()));
            }
        }
    }

    private static boolean isAbsent(ObjectNode json, String field) {
        return !json.has(field) || json.get(field).isNull();
    }

    private static boolean hasAgentId(Class<?> command) {
        return Arrays.stream(command.getRecordComponents())
                .anyMatch(component -> component.getName().equals("agentId") && component.getType() == AgentId.class);
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
