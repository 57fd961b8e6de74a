package dev.muster.http;

import dev.muster.app.MusterProperties;
import dev.muster.message.CommandEntry;
import dev.muster.message.InvalidField;
import dev.muster.message.Problem;
import dev.muster.message.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many commands of one request, each with an answer of its own. Those that have nothing to do with each other are carried out
 * side by side, so that one sync of the log serves many; one that names the target of an earlier one anywhere in its fields, as
 * its own target or otherwise, comes after that one, and one without a target after all before it. What becomes of the one
 * before is no condition.
 */
@Component
class CommandList implements DisposableBean {

    /** How many commands of lists are carried out at a time, of all requests together. */
    private static final int LANES = 32;

    private final CommandReader reader;
    private final CommandSender sender;
    private final MessageBodies bodies;
    private final int maxCommands;
    private final ExecutorService lanes;

    CommandList(CommandReader reader, CommandSender sender, MessageBodies bodies, MusterProperties properties) {
        this.reader = reader;
        this.sender = sender;
        this.bodies = bodies;
        this.maxCommands = properties.http().maxCommands();
        var number = new AtomicInteger();
        this.lanes = Executors.newFixedThreadPool(LANES, work -> {
            var thread = new Thread(work, "muster-commands-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A command in a list.
     *
     * @param command its name in kebab case
     * @param payload its fields; none if left out
     * @param ifMatch the version that it was based on
     */
    record Item(
            String command,
            @Nullable ObjectNode payload,
            @Nullable String idempotencyKey,
            @Nullable Long ifMatch) {
        Item {
            if (command == null) {
                throw new InvalidField("command", "is required");
            }
            if (ifMatch != null && ifMatch < 0) {
                throw new InvalidField("ifMatch", "must be a version, from 0 on, but is " + ifMatch);
            }
        }
    }

    /** A command that was read, and what it takes to send it. */
    private record Ready(CommandEntry entry, ObjectNode json, Object command, RequestContext context) {

        Optional<String> target() {
            return entry.target()
                    .map(target -> json.path(target.field()).asString(""))
                    .filter(id -> !id.isEmpty());
        }
    }

    /**
     * The answers, in the order of the commands: {@code status}, and {@code answer} or {@code problem}.
     *
     * @throws Refusal if there are too many
     */
    List<Map<String, Object>> send(ArrayNode list, RequestContext context) {
        if (list.size() > maxCommands) {
            throw new Refusal(new Problem(
                    "too-many-commands",
                    "The list is too long",
                    413,
                    "The list has " + list.size() + " commands, but may have " + maxCommands
                            + ". Send several lists, or raise muster.http.max-commands.",
                    Map.of("maxCommands", maxCommands)));
        }
        var answers = new ArrayList<CompletableFuture<Map<String, Object>>>();
        var last = new LinkedHashMap<String, CompletableFuture<?>>();
        for (var item : list) {
            answers.add(begin(item, context, answers, last));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** @param last by the identifier of a target, the last command that is for it */
    private CompletableFuture<Map<String, Object>> begin(
            JsonNode item,
            RequestContext context,
            List<CompletableFuture<Map<String, Object>>> before,
            Map<String, CompletableFuture<?>> last) {
        Ready ready;
        try {
            ready = read(item, context);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(problem(e));
        }
        var target = ready.target();
        var awaited = new ArrayList<CompletableFuture<?>>(target.isEmpty() ? before : List.of());
        forEachText(ready.json(), text -> {
            if (last.containsKey(text)) {
                awaited.add(last.get(text));
            }
        });
        var answer = CompletableFuture.allOf(awaited.toArray(CompletableFuture[]::new))
                .thenApplyAsync(none -> carryOut(ready), lanes);
        target.ifPresent(id -> last.put(id, answer));
        return answer;
    }

    private Ready read(JsonNode json, RequestContext shared) {
        var item = bodies.read(json, Item.class);
        var entry = reader.entry(item.command());
        var context = shared.with(item.idempotencyKey(), item.ifMatch());
        var fields = item.payload() == null ? JsonNodeFactory.instance.objectNode() : item.payload();
        var command = reader.read(entry, fields, context.actor(), context.idempotencyKey());
        return new Ready(entry, fields, command, context);
    }

    private Map<String, Object> carryOut(Ready ready) {
        try {
            var answer = sender.send(
                    ready.entry(),
                    ready.json(),
                    ready.command(),
                    ready.context().metadata());
            return ordered(200, "answer", answer.toJson());
        } catch (RuntimeException e) {
            return problem(e);
        }
    }

    private static Map<String, Object> problem(RuntimeException failure) {
        var problem = HttpProblem.of(failure);
        return ordered(problem.status(), "problem", HttpProblem.toJson(problem));
    }

    private static Map<String, Object> ordered(int status, String name, Object content) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("status", status);
        answer.put(name, content);
        return answer;
    }

    private static void forEachText(JsonNode json, Consumer<String> seen) {
        if (json.isString()) {
            seen.accept(json.stringValue());
        }
        json.forEach(child -> forEachText(child, seen));
    }

    @Override
    public void destroy() {
        lanes.shutdown();
    }
}
