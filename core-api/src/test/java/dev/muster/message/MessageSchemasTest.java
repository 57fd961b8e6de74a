package dev.muster.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.Messages;
import dev.muster.agent.AgentId;
import dev.muster.task.TaskCommand;
import dev.muster.task.TaskId;
import dev.muster.task.TaskQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MessageSchemasTest {

    enum Colour {
        @JsonProperty("light-green")
        LIGHT_GREEN,
        @JsonProperty("red")
        RED
    }

    record Inner(String name, Colour colour) {
        Inner(String name, @Nullable Colour colour) {
            this.name = name;
            this.colour = colour == null ? Colour.RED : colour;
        }
    }

    record Everything(
            @Description("Which task") TaskId taskId,
            AgentId agentId,
            boolean flag,
            long number,
            @Nullable Integer count,
            Instant at,
            Duration lasting,
            @Description("Any JSON") JsonNode anything,
            Set<String> words,
            @Description("Many") List<Inner> many) {}

    record Tree(String name, List<Tree> branches) {}

    record Forest(Tree oldest) {}

    private final MessageSchemas schemas = new MessageSchemas();

    static Set<Class<?>> commands() {
        return Messages.commands();
    }

    static Set<Class<?>> queries() {
        return Messages.queries();
    }

    @Test
    void every_type_of_field_is_described_as_edges_read_it() {
        assertThat(schemas.input(Everything.class, Set.of())).isEqualTo(json("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
                    "taskId": {"type": "string", "minLength": 1, "maxLength": 128, "description": "Which task"},
                    "agentId": {"type": "string", "minLength": 1, "maxLength": 128,
                                "description": "An agent, by its identifier"},
                    "flag": {"type": "boolean"},
                    "number": {"type": "integer"},
                    "count": {"type": "integer"},
                    "at": {"type": "string", "format": "date-time"},
                    "lasting": {"type": "string", "format": "duration"},
                    "anything": {"description": "Any JSON"},
                    "words": {"type": "array", "items": {"type": "string"}, "uniqueItems": true},
                    "many": {"description": "Many", "type": "array", "items": {"type": "object", "properties": {
                                "name": {"type": "string"},
                                "colour": {"type": "string", "enum": ["light-green", "red"]}},
                            "required": ["name"], "additionalProperties": false}}},
                 "required": ["taskId", "agentId", "flag", "number", "at", "lasting", "anything", "words", "many"],
                 "additionalProperties": false}
                """));
    }

    @Test
    void fields_are_described_in_the_order_of_the_record() {
        assertThat(schemas.input(Inner.class, Set.of()).get("properties").propertyNames())
                .containsExactly("name", "colour");
    }

    @Test
    void what_a_constructor_puts_in_place_is_always_given_back() {
        var required = schemas.output(Inner.class).get("required");

        assertThat(required).isEqualTo(json("[\"name\", \"colour\"]"));
    }

    @Test
    void what_is_given_back_may_have_more_fields_later() {
        assertThat(schemas.output(Everything.class).findValues("additionalProperties"))
                .isEmpty();
    }

    @Test
    void what_the_edge_fills_in_may_be_left_out() {
        assertThat(schemas.input(Inner.class, Set.of("name")).has("required")).isFalse();
    }

    @Test
    void what_holds_itself_refers_to_itself() {
        assertThat(schemas.output(Tree.class)).isEqualTo(json("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {
                    "name": {"type": "string"},
                    "branches": {"type": "array", "items": {"$ref": "#"}}},
                 "required": ["name", "branches"]}
                """));
        assertThat(schemas.input(Forest.class, Set.of()).at("/properties/oldest"))
                .isEqualTo(json("""
                {"$ref": "#/$defs/Tree"}
                """));
    }

    @Test
    void numbers_by_name_are_an_object_of_numbers() {
        var byState =
                schemas.output(TaskQuery.TaskCounts.class).get("properties").get("byState");

        assertThat(byState)
                .isEqualTo(json("{\"type\": \"object\", \"additionalProperties\": {\"type\": \"integer\"}}"));
    }

    @Test
    void states_are_known_by_the_names_that_clients_see() {
        var state = schemas.input(TaskQuery.FindTasks.class, Set.of())
                .get("properties")
                .get("state");

        assertThat(state.get("enum")).isEqualTo(json("""
                ["submitted", "assigned", "working", "suspended", "input-required", "completed", "failed", "canceled",
                 "rejected"]
                """));
    }

    @Test
    void only_a_title_is_required_of_a_task() {
        var catalog = MessageCatalog.builder()
                .command(TaskCommand.SubmitTask.class, true, TaskId.class)
                .build();

        assertThat(catalog.command("submit-task").orElseThrow().schema().get("required"))
                .isEqualTo(json("[\"title\"]"));
    }

    @ParameterizedTest
    @MethodSource({"commands", "queries"})
    void every_field_of_what_is_offered_is_described(Class<?> message) {
        if (Payloads.role(message) == Role.SYSTEM) {
            return;
        }
        var properties = schemas.input(message, Set.of()).path("properties");

        assertThat(properties.properties())
                .hasSize(message.getRecordComponents().length)
                .allSatisfy(field -> assertThat(field.getValue().has("description"))
                        .as(field.getKey())
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource({"commands", "queries"})
    void the_schema_of_every_message_is_one_object_without_references(Class<?> message) {
        var schema = (ObjectNode) schemas.input(message, Set.of());

        assertThat(schema.get("type").stringValue()).isEqualTo("object");
        assertThat(schema.get("additionalProperties")).isEqualTo(json("false"));
        assertThat(schema.findValues("$ref")).isEmpty();
        assertThat(schema.findValues("allOf")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"commands", "queries"})
    void every_command_and_query_says_what_it_is_for(Class<?> message) {
        assertThat(message.getAnnotation(Description.class)).isNotNull();
        assertThat(schemas.input(message, Set.of()).get("description").stringValue())
                .isEqualTo(message.getAnnotation(Description.class).value())
                .isNotBlank();
    }

    @Test
    void every_name_is_of_one_message_alone() {
        var all = Messages.all();

        assertThat(MessageNames.of(all).classes()).hasSameSizeAs(all);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
