package dev.muster.http;

import dev.muster.message.Role;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How many commands are sent in one request, in an {@link OpenApiDocument}. */
final class OpenApiCommandList {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OpenApiCommandList() {}

    static void addTo(ObjectNode paths) {
        var operation = OpenApiDocument.operation(
                "SendCommands", "commands", "Many commands, each with an answer of its own", Role.ANYBODY);
        operation
                .putArray("parameters")
                .add(OpenApiParts.parameter("Muster-Actor"))
                .add(OpenApiParts.parameter("Muster-Correlation-Id"));
        var list = JSON.objectNode().put("type", "array");
        list.set("items", command());
        operation.set("requestBody", OpenApiDocument.body(list));
        var responses = operation.putObject("responses");
        responses
                .putObject("200")
                .put("description", "What became of each, in their order.")
                .set("content", OpenApiDocument.content("application/json", answers()));
        OpenApiParts.refusals(responses, List.of("400", "401", "403", "413", "429"));
        paths.putObject("/api/commands").set("post", operation);
    }

    private static ObjectNode command() {
        var command = JSON.objectNode().put("type", "object");
        var properties = command.putObject("properties");
        properties.putObject("command").put("type", "string").put("description", "Its name in kebab case");
        properties.putObject("payload").put("type", "object").put("description", "Its fields");
        properties
                .putObject("idempotencyKey")
                .put("type", "string")
                .put("description", "Under the same key a command is done once and answered alike");
        properties
                .putObject("ifMatch")
                .put("type", "integer")
                .put("minimum", 0)
                .put("description", "The version it is based on");
        command.putArray("required").add("command");
        return command.put("additionalProperties", false);
    }

    private static ObjectNode answers() {
        var answers = JSON.objectNode().put("type", "object");
        var items = answers.putObject("properties").putObject("items").put("type", "array");
        var properties = items.putObject("items").put("type", "object").putObject("properties");
        properties.putObject("status").put("type", "integer").put("description", "As if it had been sent alone");
        properties.putObject("answer").put("type", "object").put("description", "If it was done, as that one answers");
        properties.set("problem", OpenApiParts.reference("Problem"));
        answers.putArray("required").add("items");
        return answers;
    }
}
