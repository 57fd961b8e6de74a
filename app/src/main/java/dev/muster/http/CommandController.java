package dev.muster.http;

import dev.muster.app.MusterProperties;
import dev.muster.message.InvalidField;
import dev.muster.message.MetaKeys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every command of the catalog, by one rule: its name in kebab case, its fields as JSON; alone, or many in a list. */
@RestController
class CommandController {

    /** What a list says for each of its commands, and not for all. */
    private static final List<String> OF_ONE = List.of("Idempotency-Key", "If-Match");

    private final CommandReader reader;
    private final CommandSender sender;
    private final CommandList lists;
    private final MessageBodies bodies;
    private final Duration waitLimit;

    CommandController(
            CommandReader reader,
            CommandSender sender,
            CommandList lists,
            MessageBodies bodies,
            MusterProperties properties) {
        this.reader = reader;
        this.sender = sender;
        this.lists = lists;
        this.bodies = bodies;
        this.waitLimit = properties.query().waitLimit();
    }

    @PostMapping("/api/commands/{name}")
    void send(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        var entry = reader.entry(name);
        var context = RequestContext.of(request);
        var json = bodies.object(request);
        var command = reader.read(entry, json, context.actor(), context.idempotencyKey());
        var metadata = new LinkedHashMap<>(context.metadata());
        if (CommandReader.mayWait(entry)) {
            metadata.put(
                    MetaKeys.WAIT_MILLIS,
                    RequestContext.wait(request, Duration.ZERO, waitLimit).toMillis());
        } else if (request.getParameter("wait") != null) {
            throw new InvalidField("wait", "is known to claim-next-task alone");
        }
        var answer = sender.send(entry, json, command, metadata);
        if (answer.version() != null) {
            response.setHeader("ETag", "\"" + answer.version() + "\"");
        }
        answer(response, context, answer.toJson());
    }

    @PostMapping("/api/commands")
    void sendAll(HttpServletRequest request, HttpServletResponse response) throws IOException {
        for (var header : OF_ONE) {
            if (request.getHeader(header) != null) {
                throw new InvalidField(header, "is said in a list by each command: idempotencyKey, ifMatch");
            }
        }
        var context = RequestContext.ofMany(request);
        var answers = lists.send(bodies.list(request), context);
        answer(response, context, Map.of("items", answers));
    }

    /** Written as it is: to choose among ways to write it took a twelfth of the time of a request with a command. */
    private static void answer(HttpServletResponse response, RequestContext context, Object body) throws IOException {
        var json = HttpProblem.bytes(body);
        response.setHeader("Muster-Request-Id", context.requestId());
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
