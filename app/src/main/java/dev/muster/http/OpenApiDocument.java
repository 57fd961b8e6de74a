package dev.muster.http;

import dev.muster.message.CommandEntry;
import dev.muster.message.EventEntry;
import dev.muster.message.MessageCatalog;
import dev.muster.message.QueryEntry;
import dev.muster.message.Role;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI 3.1 document of all that the catalog offers; what is in it depends on the catalog and the version alone. */
public final class OpenApiDocument {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String STREAM = "text/event-stream";

    private final MessageCatalog catalog;
    private final OpenApiParts parts = new OpenApiParts();

    private OpenApiDocument(MessageCatalog catalog) {
        this.catalog = catalog;
    }

    public static JsonNode of(MessageCatalog catalog, String version) {
        return new OpenApiDocument(catalog).document(version);
    }

    private JsonNode document(String version) {
        var document = JSON.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Muster")
                .put("version", version)
                .put("description", "One shared, replayable history for many agents: commands, queries and the log.");
        document.put("jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema");
        document.putArray("security").addObject().putArray("bearer");
        var paths = document.putObject("paths");
        catalog.commands().stream().filter(CommandEntry::offered).forEach(command -> paths.putObject(command.path())
                .set("post", command(command)));
        OpenApiCommandList.addTo(paths);
        catalog.queries().stream().filter(QueryEntry::offered).forEach(query -> {
            var path = paths.putObject(query.path());
            path.set("get", queryByParameters(query));
            path.set("post", queryByBody(query));
        });
        catalog.query("what-if").ifPresent(query -> paths.putObject("/api/what-if")
                .set("post", queryByBody(query).put("operationId", "AskWhatIf")));
        paths.putObject("/api/events").set("get", events());
        paths.putObject("/api/catalog").set("get", catalogOperation());
        OpenApiProcessors.addTo(paths);
        OpenApiSubscriptions.addTo(paths);
        document.set("components", parts.components(catalog));
        return document;
    }

    private ObjectNode command(CommandEntry command) {
        var operation = operation(command.name(), "commands", command.description(), command.role());
        var parameters = operation.putArray("parameters");
        parameters.add(OpenApiParts.parameter("Idempotency-Key"));
        if (command.target().isPresent()) {
            parameters.add(OpenApiParts.parameter("If-Match"));
        }
        parameters.add(OpenApiParts.parameter("Muster-Actor")).add(OpenApiParts.parameter("Muster-Correlation-Id"));
        operation.set("requestBody", body(parts.schema(command.name(), command.schema())));
        var responses = operation.putObject("responses");
        var done = responses.putObject("200").put("description", "It was done, now or under the same key before.");
        done.putObject("headers")
                .putObject("ETag")
                .put("description", "The version of the target, for If-Match")
                .putObject("schema")
                .put("type", "string");
        done.set("content", content("application/json", answer(command)));
        OpenApiParts.refusals(responses, List.of("400", "401", "403", "404", "409", "412", "413", "422", "429", "503"));
        return operation;
    }

    private ObjectNode answer(CommandEntry command) {
        var answer = JSON.objectNode().put("type", "object");
        var properties = answer.putObject("properties");
        properties
                .putObject("id")
                .put("type", "string")
                .put("description", "The identifier of the target, also where the server made it");
        properties
                .putObject("version")
                .put("type", "integer")
                .put("minimum", 0)
                .put("description", "The version of the target after it");
        properties
                .putObject("seen")
                .put("type", "string")
                .put("description", "What a query takes as after, to see what this did");
        command.resultSchema()
                .ifPresent(result -> properties.set("result", parts.schema(command.name() + ".result", result)));
        return answer;
    }

    private ObjectNode queryByParameters(QueryEntry query) {
        var operation = operation(query.name(), "queries", query.description(), query.role());
        var parameters = operation.putArray("parameters");
        OpenApiParts.fields(query.schema()).forEach(parameters::add);
        waiting(operation);
        answers(operation, query);
        return operation;
    }

    private ObjectNode queryByBody(QueryEntry query) {
        var operation = operation(query.name() + "ByBody", "queries", query.description(), query.role());
        waiting(operation);
        operation.set("requestBody", body(parts.schema(query.name(), query.schema())));
        answers(operation, query);
        return operation;
    }

    private static void waiting(ObjectNode operation) {
        operation
                .withArray("parameters")
                .add(OpenApiParts.parameter("after"))
                .add(OpenApiParts.parameter("wait"))
                .add(OpenApiParts.parameter("asOf"))
                .add(OpenApiParts.parameter("position"))
                .add(OpenApiParts.parameter("Muster-Actor"));
    }

    private void answers(ObjectNode operation, QueryEntry query) {
        var responses = operation.putObject("responses");
        var answer = responses
                .putObject("200")
                .put("description", "The answer; as an event stream, the answer and then each change of it, whole.");
        answer.putObject("headers")
                .putObject("Muster-Position")
                .put("description", "The position of the log that the answer holds for")
                .putObject("schema")
                .put("type", "integer");
        var content = content("application/json", parts.schema(query.name() + ".result", query.resultSchema()));
        content.set(STREAM, stream());
        answer.set("content", content);
        OpenApiParts.refusals(responses, List.of("400", "401", "403", "404", "413", "429", "503"));
    }

    private ObjectNode events() {
        var operation = operation("readEvents", "events", "The log, paged or live from a position on", Role.ANYBODY);
        var parameters = operation.putArray("parameters");
        OpenApiParts.eventParameters().forEach(parameters::add);
        var responses = operation.putObject("responses");
        var answer = responses.putObject("200").put("description", "Events, in the order of the log.");
        var pages = JSON.objectNode();
        pages.putArray("anyOf").add(OpenApiParts.reference("EventPage")).add(OpenApiParts.reference("StoredEventPage"));
        var content = content("application/json", pages);
        content.set(STREAM, stream());
        answer.set("content", content);
        OpenApiParts.refusals(responses, List.of("400", "401", "429", "501", "503"));
        return operation;
    }

    private static ObjectNode catalogOperation() {
        var operation = operation(
                "readCatalog", "catalog", "All commands, queries and events, with their schemas", Role.ANYBODY);
        operation
                .putObject("responses")
                .putObject("200")
                .put("description", "The catalog.")
                .set("content", content("application/json", JSON.objectNode().put("type", "object")));
        return operation;
    }

    static ObjectNode operation(String id, String tag, String description, Role role) {
        var operation = JSON.objectNode().put("operationId", id).put("summary", description);
        operation.putArray("tags").add(tag);
        if (role == Role.OPERATOR) {
            operation.put("description", "For operators only.");
        } else if (role == Role.AUDITOR) {
            operation.put("description", "For operators and auditors only.");
        }
        return operation;
    }

    static ObjectNode body(JsonNode schema) {
        var body = JSON.objectNode().put("required", true);
        body.set("content", content("application/json", schema));
        return body;
    }

    static ObjectNode content(String mediaType, JsonNode schema) {
        var content = JSON.objectNode();
        content.putObject(mediaType).set("schema", schema);
        return content;
    }

    private static ObjectNode stream() {
        var stream = JSON.objectNode();
        stream.putObject("schema").put("type", "string");
        return stream;
    }

    /** The name under which the schema of an event stands among the components. */
    static String component(EventEntry event) {
        return "event." + event.name();
    }
}
