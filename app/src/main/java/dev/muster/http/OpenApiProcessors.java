package dev.muster.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What operators do with processors and the log, as the OpenAPI document has it. */
final class OpenApiProcessors {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Map<String, String> FIELDS = Map.of(
            "name",
            "string",
            "state",
            "string",
            "position",
            "integer",
            "head",
            "integer",
            "lag",
            "integer",
            "error",
            "string",
            "replay",
            "object");

    private OpenApiProcessors() {}

    static void addTo(ObjectNode paths) {
        var list = operation("listProcessors", "All processors of events", List.of("400", "401", "403", "429"));
        var items = JSON.objectNode().put("type", "object");
        items.putObject("properties").putObject("items").put("type", "array").set("items", status());
        answer(list, items, false);
        paths.putObject("/api/processors").set("get", list);
        var one = named(
                "readProcessor", "A processor, and how far it is; as an event stream each change of it", List.of());
        answer(one, status(), true);
        paths.putObject("/api/processors/{name}").set("get", one);
        act(paths, "pause", "Stop handling events, until it is resumed or the server starts again", List.of());
        act(paths, "resume", "Go on handling events", List.of());
        var reset = act(paths, "reset", "Fold the views again, beside the live ones", List.of("409", "413", "422"));
        reset.putObject("requestBody")
                .putObject("content")
                .putObject("application/json")
                .set("schema", resetBody());
        act(paths, "cancel", "Give up folding the views again", List.of("409"));
        addBackupsTo(paths);
    }

    private static void addBackupsTo(ObjectNode paths) {
        var make = operation(
                "makeBackup",
                "Back up the log while it is written",
                List.of("400", "401", "403", "409", "413", "429", "501"));
        ((ArrayNode) make.get("tags")).removeAll().add("backups");
        var wanted = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        wanted.putArray("required").add("to");
        wanted.putObject("properties")
                .<ObjectNode>set(
                        "to",
                        JSON.objectNode()
                                .put("type", "string")
                                .put("description", "An absolute path on the server's machine"))
                .set(
                        "keep",
                        JSON.objectNode()
                                .put("type", "integer")
                                .put("minimum", 1)
                                .put("description", "How many backups are kept there"));
        make.putObject("requestBody")
                .putObject("content")
                .putObject("application/json")
                .set("schema", wanted);
        var made = JSON.objectNode().put("type", "object");
        var fields = made.putObject("properties");
        List.of("number", "events", "bytes", "files")
                .forEach(field -> fields.putObject(field).put("type", "integer"));
        List.of("log", "time").forEach(field -> fields.putObject(field).put("type", "string"));
        answer(make, made, false);
        paths.putObject("/api/backups").set("post", make);
    }

    private static ObjectNode act(ObjectNode paths, String action, String summary, List<String> refusals) {
        var operation = named(action + "Processor", summary, refusals);
        answer(operation, status(), false);
        paths.putObject("/api/processors/{name}/" + action).set("post", operation);
        return operation;
    }

    private static ObjectNode named(String id, String summary, List<String> more) {
        var refusals = new ArrayList<>(List.of("400", "401", "403", "404", "429"));
        refusals.addAll(more);
        var operation = operation(id, summary, refusals);
        var name = JSON.objectNode().put("name", "name").put("in", "path").put("required", true);
        name.putObject("schema").put("type", "string");
        operation.withArray("parameters").insert(0, name);
        return operation;
    }

    private static ObjectNode operation(String id, String summary, List<String> refusals) {
        var operation = JSON.objectNode().put("operationId", id).put("summary", summary);
        operation.putArray("tags").add("processors");
        operation.put("description", "For operators only.");
        operation.putArray("parameters").add(OpenApiParts.parameter("Muster-Actor"));
        OpenApiParts.refusals(operation.putObject("responses"), refusals);
        return operation;
    }

    private static void answer(ObjectNode operation, ObjectNode schema, boolean live) {
        var answer = JSON.objectNode().put("description", "What it is now.");
        var content = answer.putObject("content");
        content.putObject("application/json").set("schema", schema);
        if (live) {
            content.putObject("text/event-stream").putObject("schema").put("type", "string");
        }
        operation.withObject("/responses").set("200", answer);
    }

    private static ObjectNode status() {
        var schema = JSON.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        FIELDS.keySet().stream()
                .sorted()
                .forEach(field -> properties.putObject(field).put("type", FIELDS.get(field)));
        return schema;
    }

    private static ObjectNode resetBody() {
        var schema = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        var properties = schema.putObject("properties");
        properties
                .putObject("view")
                .put("type", "string")
                .put("description", "Only this view and what is folded with it");
        properties
                .putObject("from")
                .put("description", "A position, or an instant: begin with the views as they were there")
                .putArray("type")
                .add("integer")
                .add("string");
        properties.putObject("verify").put("type", "boolean").put("description", "Only compare with the live views");
        return schema;
    }
}
