package dev.muster.http;

import dev.muster.message.Role;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What members of a subscription's group do, as the OpenAPI document has it. */
final class OpenApiSubscriptions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OpenApiSubscriptions() {}

    static void addTo(ObjectNode paths) {
        paths.putObject("/api/subscriptions/{id}").set("get", status());
        paths.putObject("/api/subscriptions/{id}/deliveries").set("get", deliveries());
        paths.putObject("/api/subscriptions/{id}/acknowledgements").set("post", settle());
        paths.putObject("/api/subscriptions/{id}/secret").set("get", secret());
    }

    private static ObjectNode status() {
        var operation = operation("readDeliveryStatus", "What is in flight of a subscription now", List.of());
        var schema = object();
        var fields = schema.putObject("properties");
        List.of("position", "read", "waiting").forEach(field -> fields.set(field, integer()));
        fields.putObject("members").put("type", "object").set("additionalProperties", integer());
        fields.set("paused", string("Why nothing is delivered for now"));
        return answering(operation, "What is in flight.", schema);
    }

    private static ObjectNode deliveries() {
        var operation = operation(
                "fetchDeliveries",
                "Events for a member, as soon as there are some; as an event stream, one after the other",
                List.of("409", "503"));
        var parameters = operation.withArray("parameters");
        parameters.add(query("member", string("Who fetches; the actor if left out")));
        parameters.add(query("limit", integer().put("minimum", 1).put("maximum", 500)));
        parameters.add(query("wait", string("How long to wait while there are none, ISO 8601: PT20S")));
        var delivery = object();
        delivery.putObject("properties")
                .<ObjectNode>set("id", string("What it is acknowledged by"))
                .<ObjectNode>set("try", integer())
                .set("event", OpenApiParts.reference("CloudEvent"));
        var page = object();
        page.putObject("properties").putObject("items").put("type", "array").set("items", delivery);
        answering(operation, "Deliveries; none if there was nothing to deliver in that time.", page);
        operation
                .withObject("/responses/200/content")
                .putObject("text/event-stream")
                .putObject("schema")
                .put("type", "string");
        return operation;
    }

    private static ObjectNode settle() {
        var operation = operation("settleDeliveries", "Say what came of deliveries", List.of("413", "503"));
        var failed = object().put("additionalProperties", false);
        failed.putArray("required").add("id").add("error");
        failed.putObject("properties")
                .<ObjectNode>set("id", string("The delivery"))
                .set("error", string("Why it could not be done"));
        var body = object().put("additionalProperties", false);
        var fields = body.putObject("properties");
        fields.set("member", string("Who had them; the actor if left out"));
        fields.putObject("acknowledged").put("type", "array").set("items", string("A delivery"));
        fields.putObject("failed").put("type", "array").set("items", failed);
        operation.set("requestBody", OpenApiDocument.body(body));
        var done = object();
        var counts = done.putObject("properties");
        counts.set("acknowledged", integer());
        counts.set("failed", integer());
        counts.putObject("unknown").put("type", "array").set("items", string("A delivery that is not in this hand"));
        return answering(operation, "What was taken of it.", done);
    }

    private static ObjectNode secret() {
        var operation =
                operation("readWebhookSecret", "The secret that signs what is sent to a webhook", List.of("409"));
        operation.put("description", "For operators only.");
        var schema = object();
        schema.putObject("properties").set("secret", string("As Standard Webhooks has it: whsec_ and Base64"));
        return answering(operation, "The secret.", schema);
    }

    private static ObjectNode operation(String id, String summary, List<String> more) {
        var operation = OpenApiDocument.operation(id, "subscriptions", summary, Role.ANYBODY);
        var name = JSON.objectNode().put("name", "id").put("in", "path").put("required", true);
        name.set("schema", string("The subscription"));
        operation.putArray("parameters").add(name).add(OpenApiParts.parameter("Muster-Actor"));
        var refusals = new ArrayList<>(List.of("400", "403", "404"));
        refusals.addAll(more);
        OpenApiParts.refusals(operation.putObject("responses"), refusals);
        return operation;
    }

    private static ObjectNode answering(ObjectNode operation, String description, ObjectNode schema) {
        var answer = JSON.objectNode().put("description", description);
        answer.set("content", OpenApiDocument.content("application/json", schema));
        operation.withObject("/responses").set("200", answer);
        return operation;
    }

    private static ObjectNode query(String name, ObjectNode schema) {
        var parameter = JSON.objectNode().put("name", name).put("in", "query");
        parameter.set("schema", schema);
        return parameter;
    }

    private static ObjectNode object() {
        return JSON.objectNode().put("type", "object");
    }

    private static ObjectNode integer() {
        return JSON.objectNode().put("type", "integer");
    }

    private static ObjectNode string(String description) {
        return JSON.objectNode().put("type", "string").put("description", description);
    }
}
