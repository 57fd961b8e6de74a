package dev.muster.mcp;

import dev.muster.message.CommandEntry;
import dev.muster.message.InvalidField;
import dev.muster.message.MessageEntry;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a tool's description that are made from an entry of the catalog. */
final class ToolSchemas {

    private ToolSchemas() {}

    /**
     * The name of a tool: {@code claim_next_task}. Of the names that MCP allows these are the ones which every client and
     * every model's interface takes as they are; some change a hyphen.
     */
    static String name(String kebab) {
        return kebab.replace('-', '_');
    }

    static ObjectNode tool(String kebab, String description) {
        var words = kebab.replace('-', ' ');
        return Json.object()
                .put("name", name(kebab))
                .put("title", words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1))
                .put("description", description);
    }

    /** The fields of the message as the catalog has them, to which arguments of this edge can be added. */
    static ObjectNode input(MessageEntry entry) {
        var schema = (ObjectNode) entry.schema().deepCopy();
        schema.remove("$schema");
        schema.remove("description");
        schema.put("type", "object");
        if (!(schema.get("properties") instanceof ObjectNode)) {
            schema.putObject("properties");
        }
        return schema;
    }

    static void add(ObjectNode schema, String argument, String type, String description) {
        ((ObjectNode) schema.get("properties"))
                .putObject(argument)
                .put("type", type)
                .put("description", description);
    }

    /** Whether the message has a field of that name, which an argument of this edge must not hide. */
    static boolean hasField(MessageEntry entry, String name) {
        return Arrays.stream(entry.payload().getRecordComponents())
                .anyMatch(component -> component.getName().equals(name));
    }

    /**
     * The schema of what a tool gives back: what it is for, or the problem. Both, since there are clients that hold also
     * the structured content of an error against it, and know nothing of the error if it doesn't fit.
     */
    static ObjectNode output(ObjectNode success) {
        var schema = Json.object().put("type", "object");
        var either = schema.putArray("anyOf");
        either.add(success);
        var problem = either.addObject().put("type", "object").put("description", "Why it was refused");
        problem.putArray("required").add("type").add("title").add("status").add("detail");
        var fields = problem.putObject("properties");
        fields.putObject("type").put("type", "string");
        fields.putObject("title").put("type", "string");
        fields.putObject("status").put("type", "integer");
        fields.putObject("detail").put("type", "string");
        return schema;
    }

    static ObjectNode result(JsonNode schema) {
        var result = (ObjectNode) schema.deepCopy();
        result.remove("$schema");
        return result.put("type", "object");
    }

    static ObjectNode result(CommandEntry entry) {
        var schema = Json.object().put("type", "object");
        var fields = schema.putObject("properties");
        fields.putObject("id").put("type", "string").put("description", "The identifier of what it was done to");
        fields.putObject("version").put("type", "integer").put("description", "Its version after that");
        fields.putObject("seen").put("type", "string").put("description", "Given as after, a query sees what this did");
        entry.resultSchema().ifPresent(result -> fields.set("result", orNull(result)));
        return schema;
    }

    private static ObjectNode orNull(JsonNode schema) {
        var either = Json.object();
        var result = schema.deepCopy();
        if (result instanceof ObjectNode object) {
            object.remove("$schema");
        }
        either.putArray("anyOf").add(result).addObject().put("type", "null");
        return either;
    }

    /** The text of an argument of this edge, taken out of the arguments; a number's counts as text. */
    static @Nullable String take(ObjectNode arguments, String name) {
        var value = arguments.remove(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString() && !value.isNumber()) {
            throw new InvalidField(name, "must be a text");
        }
        return value.asString();
    }
}
