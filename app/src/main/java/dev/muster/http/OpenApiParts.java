package dev.muster.http;

import dev.muster.message.MessageCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the operations of an {@link OpenApiDocument} share: parameters, refusals, and schemas that need a name. */
final class OpenApiParts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, String> REFUSALS = new LinkedHashMap<>();

    static {
        REFUSALS.put("400", "Malformed; fields names what is not valid.");
        REFUSALS.put("401", "There is no token, or one that is not good.");
        REFUSALS.put("403", "The actor may not do this.");
        REFUSALS.put("404", "There is no such thing.");
        REFUSALS.put("409", "It is in another state, or in another version, than this needs.");
        REFUSALS.put("412", "If-Match names an older version.");
        REFUSALS.put("413", "The body is too large.");
        REFUSALS.put("422", "A rule of the domain forbids it, or the key was used for another command.");
        REFUSALS.put("429", "Too many requests; try again after Retry-After.");
        REFUSALS.put("501", "This engine can't do it.");
        REFUSALS.put("503", "Not now; try again after Retry-After.");
    }

    private final Map<String, JsonNode> named = new LinkedHashMap<>();

    /** A schema to stand where it is used; one that refers to itself is put among the components under that name. */
    JsonNode schema(String name, JsonNode schema) {
        var copy = withoutDialect(schema);
        if (copy.findValues("$ref").isEmpty()) {
            return copy;
        }
        var home = "#/components/schemas/" + name;
        rebase(copy, home);
        named.put(name, copy);
        return JSON.objectNode().put("$ref", home);
    }

    ObjectNode components(MessageCatalog catalog) {
        var components = JSON.objectNode();
        var schemas = components.putObject("schemas");
        schemas.set("Problem", problem());
        schemas.set("EventPage", page("CloudEvent"));
        schemas.set("StoredEventPage", page("StoredEvent"));
        schemas.set("StoredEvent", storedEvent());
        schemas.set("CloudEvent", cloudEvent(catalog));
        for (var event : catalog.events()) {
            var name = OpenApiDocument.component(event);
            var schema = schema(name, event.schema());
            if (!named.containsKey(name)) {
                schemas.set(name, schema);
            }
        }
        named.forEach(schemas::set);
        components.set("parameters", parameters());
        components.set("responses", responses());
        components
                .putObject("securitySchemes")
                .putObject("bearer")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A token made with IssueToken, or a JWT of the issuer that is configured");
        return components;
    }

    static ObjectNode parameter(String name) {
        return JSON.objectNode().put("$ref", "#/components/parameters/" + name);
    }

    static ObjectNode reference(String schema) {
        return JSON.objectNode().put("$ref", "#/components/schemas/" + schema);
    }

    static void refusals(ObjectNode responses, List<String> statuses) {
        statuses.forEach(status -> responses.putObject(status).put("$ref", "#/components/responses/" + status));
    }

    /** The fields of a query as parameters; what cannot be written as one is for the body only. */
    static List<ObjectNode> fields(JsonNode schema) {
        var required =
                schema.path("required").valueStream().map(JsonNode::stringValue).toList();
        var fields = new ArrayList<ObjectNode>();
        for (var field : schema.path("properties").properties()) {
            var type = field.getValue().path("type").asString("");
            if (type.isEmpty() || type.equals("object")) {
                continue;
            }
            var fieldSchema = (ObjectNode) field.getValue().deepCopy();
            var description = fieldSchema.remove("description");
            var parameter =
                    in("query", field.getKey(), description == null ? "" : description.stringValue(), fieldSchema);
            if (required.contains(field.getKey())) {
                parameter.put("required", true);
            }
            fields.add(parameter);
        }
        return fields;
    }

    static List<ObjectNode> eventParameters() {
        var form = string();
        form.putArray("enum").add(StoredPages.FORM);
        return List.of(
                in("query", "entity", "Only events of this entity: task/t-42", string()),
                in("query", "type", "Only events of this stored name: TaskAssigned", string()),
                in("query", "actor", "Only what this actor did", string()),
                in("query", "correlation", "Only what belongs to this undertaking", string()),
                in("query", "form", "Pages of events as they were written, before any upcaster", form),
                in("query", "after", "Only events after this position", integer()),
                in(
                        "query",
                        "limit",
                        "How many at most",
                        integer().put("minimum", 1).put("maximum", 500)),
                in("header", "Last-Event-ID", "Where a live stream goes on", string()));
    }

    private static ObjectNode parameters() {
        var parameters = JSON.objectNode();
        parameters.set(
                "Idempotency-Key",
                in(
                        "header",
                        "Idempotency-Key",
                        "Under the same key a command is done once and answered alike",
                        string()));
        parameters.set("If-Match", in("header", "If-Match", "The version it is based on, in quotes: \"7\"", string()));
        parameters.set(
                "Muster-Actor",
                in(
                        "header",
                        "Muster-Actor",
                        "With an operator's token, on whose behalf: an agent's identifier, or operator:<name>",
                        string().put("maxLength", 128)));
        parameters.set(
                "Muster-Correlation-Id",
                in("header", "Muster-Correlation-Id", "The undertaking that this belongs to", string()));
        parameters.set(
                "after",
                in("query", "after", "What a command answered as seen: the answer shows what it did", string()));
        parameters.set(
                "wait",
                in("query", "wait", "How long to wait for after, ISO 8601: PT2S", string().put("format", "duration")));
        parameters.set(
                "asOf", in("query", "asOf", "The moment as of which it is asked", string().put("format", "date-time")));
        parameters.set(
                "position",
                in(
                        "query",
                        "position",
                        "The position of the log as of which it is asked; -1 before everything",
                        integer()));
        return parameters;
    }

    private static ObjectNode responses() {
        var responses = JSON.objectNode();
        REFUSALS.forEach((status, description) -> {
            var response = responses.putObject(status).put("description", description);
            response.putObject("content").putObject("application/problem+json").set("schema", reference("Problem"));
        });
        return responses;
    }

    private static ObjectNode problem() {
        var problem = JSON.objectNode()
                .put("type", "object")
                .put("description", "RFC 9457; further members are what else the reader needs");
        var properties = problem.putObject("properties");
        properties.set("type", string().put("description", "urn:muster:problem: and a code that stays the same"));
        properties.set("title", string());
        properties.set("status", integer());
        properties.set("detail", string());
        problem.putArray("required").add("type").add("title").add("status").add("detail");
        return problem;
    }

    private static ObjectNode page(String item) {
        var page = JSON.objectNode().put("type", "object");
        var properties = page.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", reference(item));
        properties.set("next", integer().put("description", "What the next page takes as after"));
        page.putArray("required").add("items");
        return page;
    }

    private static ObjectNode storedEvent() {
        var event = JSON.objectNode()
                .put("type", "object")
                .put("description", "Like a CloudEvent; type, revision, data and metadata are what was written");
        var properties = event.putObject("properties");
        for (var name : List.of(
                "specversion",
                "id",
                "source",
                "type",
                "revision",
                "subject",
                "actor",
                "correlationid",
                "causationid")) {
            properties.set(name, string());
        }
        properties.set("time", string().put("format", "date-time"));
        properties.set("recordedtime", string().put("format", "date-time"));
        properties.set("position", integer());
        properties.set("sequence", string());
        properties.putObject("metadata").put("type", "object");
        properties.set("data", JSON.objectNode());
        event.putArray("required")
                .add("specversion")
                .add("id")
                .add("source")
                .add("type")
                .add("metadata")
                .add("data");
        return event;
    }

    private static ObjectNode cloudEvent(MessageCatalog catalog) {
        var event = JSON.objectNode()
                .put("type", "object")
                .put("description", "CloudEvents 1.0; data is as the schema event.<type> says");
        var properties = event.putObject("properties");
        for (var name : List.of("specversion", "id", "source", "subject")) {
            properties.set(name, string());
        }
        var types = properties.putObject("type").put("type", "string").putArray("enum");
        catalog.events().forEach(known -> types.add(known.name()));
        properties.set("time", string().put("format", "date-time"));
        properties.set("recordedtime", string().put("format", "date-time"));
        properties.set("position", integer());
        properties.set("sequence", JSON.objectNode());
        for (var name : List.of("actor", "authtype", "authid", "correlationid", "causationid")) {
            properties.set(name, string());
        }
        properties.set("data", JSON.objectNode());
        event.putArray("required")
                .add("specversion")
                .add("id")
                .add("source")
                .add("type")
                .add("data");
        return event;
    }

    private static ObjectNode in(String place, String name, String description, ObjectNode schema) {
        var parameter = JSON.objectNode().put("name", name).put("in", place).put("description", description);
        parameter.set("schema", schema);
        return parameter;
    }

    private static ObjectNode string() {
        return JSON.objectNode().put("type", "string");
    }

    private static ObjectNode integer() {
        return JSON.objectNode().put("type", "integer");
    }

    private static ObjectNode withoutDialect(JsonNode schema) {
        var copy = (ObjectNode) schema.deepCopy();
        copy.remove("$schema");
        return copy;
    }

    /** Makes references within a schema ones from the root of the document. */
    private static void rebase(JsonNode node, String home) {
        if (node instanceof ObjectNode object && object.path("$ref").isString()) {
            object.put("$ref", home + object.get("$ref").stringValue().substring(1));
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(child -> rebase(child, home));
        }
    }
}
