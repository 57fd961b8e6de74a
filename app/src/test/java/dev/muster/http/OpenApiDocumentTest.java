package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.agent.AgentEvent;
import dev.muster.message.Description;
import dev.muster.message.EventEntry;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MessageNames;
import dev.muster.message.Page;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskCommand.ClaimNextTask;
import dev.muster.task.TaskCommand.ClaimTask;
import dev.muster.task.TaskCommand.EndBackoff;
import dev.muster.task.TaskCommand.SubmitTask;
import dev.muster.task.TaskEvent;
import dev.muster.task.TaskId;
import dev.muster.task.TaskQuery.FindDueTasks;
import dev.muster.task.TaskQuery.FindTasks;
import dev.muster.task.TaskQuery.GetTask;
import dev.muster.task.TaskSummary;
import dev.muster.task.TaskView;
import java.lang.reflect.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OpenApiDocumentTest {

    @Description("All branches of a tree")
    record GetTree(String name, List<String> words, Tree like) {}

    record Tree(String name, List<Tree> branches) {}

    interface Answers {
        Page<TaskSummary> tasks();
    }

    private final JsonNode document = OpenApiDocument.of(catalog(), "1.2.3");

    private static MessageCatalog catalog() {
        var builder = MessageCatalog.builder()
                .command(SubmitTask.class, true, TaskId.class)
                .command(ClaimTask.class, false, Assignment.class)
                .command(ClaimNextTask.class, false, Assignment.class)
                .command(TaskCommand.CancelTask.class, false, null)
                .command(TaskCommand.RejectTask.class, false, null)
                .command(EndBackoff.class, false, null)
                .query(GetTask.class, TaskView.class)
                .query(FindTasks.class, tasks())
                .query(FindDueTasks.class, TaskView.class)
                .query(GetTree.class, Tree.class);
        MessageNames.below(TaskEvent.class, AgentEvent.class).forEach(builder::event);
        return builder.build();
    }

    private static Type tasks() {
        try {
            return Answers.class.getDeclaredMethod("tasks").getGenericReturnType();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_document_says_what_it_is() {
        assertThat(document.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(document.at("/info/version").stringValue()).isEqualTo("1.2.3");
    }

    @Test
    void every_request_bears_a_token() {
        assertThat(document.at("/security/0").has("bearer")).isTrue();
        assertThat(document.at("/components/securitySchemes/bearer/scheme").stringValue())
                .isEqualTo("bearer");
    }

    @Test
    void every_message_that_is_offered_has_a_path_and_no_other() {
        assertThat(document.get("paths").propertyNames())
                .containsExactly(
                        "/api/commands/cancel-task",
                        "/api/commands/claim-next-task",
                        "/api/commands/claim-task",
                        "/api/commands/reject-task",
                        "/api/commands/submit-task",
                        "/api/commands",
                        "/api/queries/find-tasks",
                        "/api/queries/get-task",
                        "/api/queries/get-tree",
                        "/api/events",
                        "/api/catalog",
                        "/api/processors",
                        "/api/processors/{name}",
                        "/api/processors/{name}/pause",
                        "/api/processors/{name}/resume",
                        "/api/processors/{name}/reset",
                        "/api/processors/{name}/cancel",
                        "/api/backups",
                        "/api/subscriptions/{id}",
                        "/api/subscriptions/{id}/deliveries",
                        "/api/subscriptions/{id}/acknowledgements",
                        "/api/subscriptions/{id}/secret");
    }

    @Test
    void a_command_is_posted_with_its_fields_and_the_headers_that_all_share() {
        var operation = command("claim-task");

        assertThat(operation.get("operationId").stringValue()).isEqualTo("ClaimTask");
        assertThat(operation.get("summary").stringValue()).startsWith("Take a ready task");
        assertThat(operation.has("description")).isFalse();
        assertThat(parameters(operation))
                .containsExactly("Idempotency-Key", "If-Match", "Muster-Actor", "Muster-Correlation-Id");
        assertThat(operation
                        .at("/requestBody/content/application~1json/schema/properties")
                        .propertyNames())
                .containsExactly("taskId", "agentId");
    }

    @Test
    void a_list_of_commands_says_for_each_what_one_says_in_headers() {
        var operation = document.get("paths").get("/api/commands").get("post");

        assertThat(parameters(operation)).containsExactly("Muster-Actor", "Muster-Correlation-Id");
        assertThat(operation
                        .at("/requestBody/content/application~1json/schema/items/properties")
                        .propertyNames())
                .containsExactly("command", "payload", "idempotencyKey", "ifMatch");
        assertThat(operation
                        .at("/responses/200/content/application~1json/schema/properties/items/items/properties")
                        .propertyNames())
                .containsExactly("status", "answer", "problem");
    }

    @Test
    void a_command_without_a_target_is_based_on_no_version() {
        assertThat(parameters(command("claim-next-task"))).doesNotContain("If-Match");
    }

    @Test
    void a_command_of_operators_says_so() {
        assertThat(command("reject-task").get("description").stringValue()).isEqualTo("For operators only.");
    }

    @Test
    void a_command_answers_what_it_did_or_with_a_problem() {
        var responses = command("claim-task").get("responses");
        var answer = responses.at("/200/content/application~1json/schema/properties");

        assertThat(responses.propertyNames())
                .containsExactly("200", "400", "401", "403", "404", "409", "412", "413", "422", "429", "503");
        assertThat(answer.propertyNames()).containsExactly("id", "version", "seen", "result");
        assertThat(answer.at("/result/properties").propertyNames()).contains("fencingToken", "leaseExpiresAt");
        assertThat(responses.at("/200/headers/ETag").isMissingNode()).isFalse();
        assertThat(document.at("/components/responses/409/content/application~1problem+json/schema/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/Problem");
    }

    @Test
    void a_command_without_a_result_answers_with_none() {
        var answer = command("cancel-task").at("/responses/200/content/application~1json/schema/properties");

        assertThat(answer.propertyNames()).containsExactly("id", "version", "seen");
    }

    @Test
    void a_query_is_asked_by_parameters() {
        var get = document.at("/paths/~1api~1queries~1find-tasks/get");

        assertThat(parameters(get))
                .containsExactly(
                        "state",
                        "ready",
                        "stalled",
                        "agentId",
                        "capability",
                        "label",
                        "parentId",
                        "missionId",
                        "limit",
                        "cursor",
                        "after",
                        "wait",
                        "asOf",
                        "position",
                        "Muster-Actor");
        assertThat(get.at("/parameters/0/in").stringValue()).isEqualTo("query");
        assertThat(get.at("/parameters/0/schema/enum").valueStream().map(JsonNode::stringValue))
                .contains("input-required");
        assertThat(get.at("/parameters/0/description").stringValue()).isEqualTo("Only those in this state");
    }

    @Test
    void a_parameter_is_required_where_its_field_is() {
        assertThat(document.at("/paths/~1api~1queries~1get-task/get/parameters/0/required")
                        .booleanValue())
                .isTrue();
        assertThat(document.at("/paths/~1api~1queries~1find-tasks/get/parameters/0")
                        .has("required"))
                .isFalse();
    }

    @Test
    void a_query_is_asked_by_a_body_as_well() {
        var post = document.at("/paths/~1api~1queries~1find-tasks/post");

        assertThat(parameters(post)).containsExactly("after", "wait", "asOf", "position", "Muster-Actor");
        assertThat(post.at("/requestBody/content/application~1json/schema/properties")
                        .propertyNames())
                .contains("state", "limit");
    }

    @Test
    void what_is_no_parameter_is_asked_by_a_body_alone() {
        assertThat(parameters(document.at("/paths/~1api~1queries~1get-tree/get")))
                .startsWith("name", "words", "after");
    }

    @Test
    void an_answer_is_given_once_or_as_a_stream_of_its_changes() {
        var answer = document.at("/paths/~1api~1queries~1find-tasks/get/responses/200");

        assertThat(answer.get("content").propertyNames()).containsExactly("application/json", "text/event-stream");
        assertThat(answer.at("/content/application~1json/schema/properties").propertyNames())
                .containsExactly("items", "next");
        assertThat(answer.at("/headers").propertyNames()).containsExactly("Muster-Position");
    }

    @Test
    void the_log_is_read_as_cloud_events_of_the_known_types() {
        var get = document.at("/paths/~1api~1events/get");

        assertThat(parameters(get))
                .containsExactly("entity", "type", "actor", "correlation", "form", "after", "limit", "Last-Event-ID");
        assertThat(get.at("/responses/200/content/application~1json/schema/anyOf")
                        .valueStream()
                        .map(page -> page.get("$ref").stringValue()))
                .containsExactly("#/components/schemas/EventPage", "#/components/schemas/StoredEventPage");
        assertThat(get.at("/responses/200/content").propertyNames())
                .containsExactly("application/json", "text/event-stream");
        assertThat(document.at("/components/schemas/CloudEvent/properties/type/enum")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .containsExactlyElementsOf(
                        catalog().events().stream().map(EventEntry::name).toList())
                .contains("TaskAssigned", "AgentRegistered");
        assertThat(document.at("/components/schemas/event.TaskAssigned/properties")
                        .propertyNames())
                .contains("fencingToken");
    }

    @Test
    void deliveries_are_fetched_or_streamed() {
        var get = document.at("/paths/~1api~1subscriptions~1{id}~1deliveries/get");

        assertThat(parameters(get)).containsExactly("id", "Muster-Actor", "member", "limit", "wait");
        assertThat(get.at("/responses/200/content").propertyNames())
                .containsExactly("application/json", "text/event-stream");
    }

    @Test
    void a_type_that_holds_itself_is_named() {
        var tree = document.at("/components/schemas/GetTree.result");

        assertThat(tree.at("/properties/branches/items/$ref").stringValue())
                .isEqualTo("#/components/schemas/GetTree.result");
    }

    @Test
    void every_reference_leads_somewhere() {
        var references = document.findValues("$ref");

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.stringValue().substring(1)).isMissingNode())
                .as(reference.stringValue())
                .isFalse());
    }

    @Test
    void every_operation_has_a_name_of_its_own() {
        var names = document.findValues("operationId").stream()
                .map(JsonNode::stringValue)
                .toList();

        assertThat(names).doesNotHaveDuplicates().hasSize(5 + 1 + 2 * 3 + 2 + 6 + 1 + 4);
    }

    @Test
    void schemas_name_no_dialect_of_their_own() {
        assertThat(document.findValues("$schema")).isEmpty();
    }

    @Test
    void making_a_document_leaves_the_catalog_as_it_is() {
        var catalog = catalog();
        var before = catalog.toJson().deepCopy();

        ((ObjectNode) OpenApiDocument.of(catalog, "1")).removeAll();

        assertThat(catalog.toJson()).isEqualTo(before);
        assertThat(OpenApiDocument.of(catalog, "1.2.3")).isEqualTo(document);
        assertThat(JsonMapper.shared().readTree(document.toString())).isEqualTo(document);
    }

    private JsonNode command(String kebab) {
        return document.at("/paths/~1api~1commands~1" + kebab + "/post");
    }

    /** The names of an operation's parameters, in their order. */
    private static List<String> parameters(JsonNode operation) {
        return operation
                .get("parameters")
                .valueStream()
                .map(parameter -> parameter.has("name")
                        ? parameter.get("name").stringValue()
                        : parameter.get("$ref").stringValue().substring("#/components/parameters/".length()))
                .toList();
    }
}
