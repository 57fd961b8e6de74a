package dev.muster.mcp;

import dev.muster.http.CommandReader;
import dev.muster.http.CommandSender;
import dev.muster.http.RequestContext;
import dev.muster.message.CommandEntry;
import dev.muster.message.Destructive;
import dev.muster.message.InvalidField;
import dev.muster.message.MetaKeys;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command as a tool. Beside the command's fields it takes the key under which it may be repeated, the version it is based on,
 * and how long to wait, where that makes sense.
 */
final class CommandTool implements Tool {

    private static final String KEY = "idempotencyKey";
    private static final String VERSION = "expectedVersion";
    private static final String WAIT = "wait";

    private final CommandEntry entry;
    private final CommandReader reader;
    private final CommandSender sender;
    private final Duration waitLimit;
    private final boolean takesKey;
    private final boolean takesVersion;
    private final boolean takesWait;

    CommandTool(CommandEntry entry, CommandReader reader, CommandSender sender, Duration waitLimit) {
        this.entry = entry;
        this.reader = reader;
        this.sender = sender;
        this.waitLimit = waitLimit;
        this.takesKey = !ToolSchemas.hasField(entry, KEY);
        this.takesVersion = entry.target().isPresent() && !ToolSchemas.hasField(entry, VERSION);
        this.takesWait = CommandReader.mayWait(entry);
    }

    @Override
    public String name() {
        return ToolSchemas.name(entry.kebab());
    }

    /**
     * That it may be repeated is not told by {@code idempotentHint}: it may with a key alone, and there the key's description
     * tells it.
     */
    @Override
    public ObjectNode description() {
        var tool = ToolSchemas.tool(entry.kebab(), entry.description());
        var input = ToolSchemas.input(entry);
        if (takesKey) {
            ToolSchemas.add(
                    input,
                    KEY,
                    "string",
                    "Any text of your own; the same call repeated with the same key is carried out once");
        }
        if (takesVersion) {
            ToolSchemas.add(
                    input,
                    VERSION,
                    "integer",
                    "The version you know of; refused if it was changed since by what matters to this");
        }
        if (takesWait) {
            ToolSchemas.add(
                    input, WAIT, "string", "How long to wait while nothing is ready: PT20S; at most " + waitLimit);
        }
        tool.set("inputSchema", input);
        tool.set("outputSchema", ToolSchemas.output(ToolSchemas.result(entry)));
        tool.putObject("annotations")
                .put("readOnlyHint", false)
                .put("destructiveHint", entry.payload().isAnnotationPresent(Destructive.class))
                .put("idempotentHint", false)
                .put("openWorldHint", false);
        return tool;
    }

    @Override
    public ObjectNode call(ObjectNode arguments, RequestContext caller) {
        var key = takesKey ? ToolSchemas.take(arguments, KEY) : null;
        var version = takesVersion ? version(arguments) : null;
        var wait = takesWait ? ToolSchemas.take(arguments, WAIT) : null;
        var context = caller.with(key, version);
        var command = reader.read(entry, arguments, context.actor(), key);
        var metadata = new LinkedHashMap<>(context.metadata());
        if (takesWait) {
            metadata.put(
                    MetaKeys.WAIT_MILLIS,
                    RequestContext.wait(wait, Duration.ZERO, waitLimit).toMillis());
        }
        var told = sender.send(entry, arguments, command, metadata).toJson();
        told.values().removeIf(Objects::isNull);
        if (entry.result().isPresent()) {
            told.putIfAbsent("result", null);
        }
        return Json.tree(told);
    }

    private static @Nullable Long version(ObjectNode arguments) {
        var value = arguments.remove(VERSION);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.longValue() < 0) {
            throw new InvalidField(VERSION, "must be a version, from 0 on, but is " + value);
        }
        return value.longValue();
    }
}
