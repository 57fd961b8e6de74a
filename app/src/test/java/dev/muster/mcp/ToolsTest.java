package dev.muster.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.message.MessageCatalog;
import dev.muster.message.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is a tool, what a resource, and what they say about themselves. */
class ToolsTest {

    private static final Pattern TOOL_LIKE = Pattern.compile("\\b[a-z]+_[a-z_]*[a-z]\\b");

    @TempDir
    static Path home;

    private static TestServer server;
    private static Map<String, JsonNode> tools;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        tools = new TreeMap<>();
        new McpClient(server.api(), "ada")
                .ask("tools/list", Map.of())
                .result()
                .get("tools")
                .forEach(tool -> tools.put(tool.get("name").asString(), tool));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_command_and_query_that_an_agent_may_use_is_a_tool_and_no_other() {
        var catalog = server.bean(MessageCatalog.class);
        var open = Stream.concat(
                        catalog.commands().stream()
                                .filter(entry -> entry.role() == Role.ANYBODY)
                                .map(entry -> entry.kebab()),
                        catalog.queries().stream()
                                .filter(entry -> entry.role() == Role.ANYBODY)
                                .map(entry -> entry.kebab()))
                .map(name -> name.replace('-', '_'));

        assertThat(tools.keySet()).containsExactlyInAnyOrderElementsOf(open.toList());
        assertThat(tools).doesNotContainKeys("assign_task", "expire_lease", "find_due_tasks");
    }

    @Test
    void a_tool_has_a_name_that_every_client_takes_and_says_what_it_is_for() {
        assertThat(tools.values()).allSatisfy(tool -> {
            assertThat(tool.path("name").asString()).matches("[a-z][a-z0-9_]{0,47}");
            assertThat(tool.path("description").asString()).contains(" ").hasSizeGreaterThan(15);
            assertThat(tool.at("/inputSchema/type").asString()).isEqualTo("object");
            assertThat(tool.at("/inputSchema/additionalProperties").asBoolean(true))
                    .isFalse();
            assertThat(tool.at("/outputSchema/type").asString()).isEqualTo("object");
            assertThat(tool.at("/outputSchema/anyOf")).hasSize(2);
            assertThat(tool.toString()).doesNotContain("$schema");
        });
    }

    @Test
    void what_is_given_beside_the_fields_is_an_argument_where_it_makes_sense() {
        assertThat(arguments("complete_task")).contains("taskId", "fencingToken", "idempotencyKey", "expectedVersion");
        assertThat(arguments("claim_next_task"))
                .contains("idempotencyKey", "wait")
                .doesNotContain("expectedVersion");
        assertThat(arguments("claim_task")).doesNotContain("wait");
        assertThat(arguments("find_tasks"))
                .contains("asOf", "position", "after")
                .doesNotContain("idempotencyKey");
        assertThat(required("complete_task")).containsExactlyInAnyOrder("taskId", "fencingToken");
        assertThat(required("submit_task")).containsExactly("title");
    }

    private static Iterable<String> arguments(String tool) {
        return tools.get(tool).at("/inputSchema/properties").propertyNames();
    }

    private static Iterable<String> required(String tool) {
        return tools.get(tool)
                .at("/inputSchema/required")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void queries_only_read_and_a_few_commands_end_what_others_rely_on() {
        assertThat(hinted("readOnlyHint"))
                .contains("get_task", "find_tasks", "what_if")
                .noneMatch(name -> name.startsWith("claim_"));
        assertThat(hinted("destructiveHint"))
                .containsExactlyInAnyOrder("cancel_task", "cancel_mission", "retire_agent");
    }

    private static Iterable<String> hinted(String hint) {
        return tools.keySet().stream()
                .filter(name -> tools.get(name).at("/annotations/" + hint).asBoolean())
                .toList();
    }

    @Test
    void each_feature_with_a_query_for_one_entity_is_a_kind_of_resource() {
        var templates = new McpClient(server.api(), "ada")
                .ask("resources/templates/list", Map.of())
                .result();

        assertThat(templates.get("resourceTemplates"))
                .extracting(each -> each.get("uriTemplate").asString())
                .containsExactly(
                        "muster://agent/{+agentId}", "muster://mission/{+missionId}",
                        "muster://subscription/{+subscriptionId}", "muster://task/{+taskId}");
        assertThat(ResourceKind.of(server.bean(MessageCatalog.class)))
                .allSatisfy(kind -> assertThat(kind.find()).as(kind.name()).isPresent());
    }

    @Test
    void an_identifier_comes_back_from_its_address() {
        var task = ResourceKind.of(server.bean(MessageCatalog.class)).stream()
                .filter(kind -> kind.name().equals("task"))
                .findFirst()
                .orElseThrow();

        assertThat(task.uri("m-1/build")).isEqualTo("muster://task/m-1/build");
        for (var id : new String[] {"t-42", "m-1/build", "50%", "a+b", "a?b#c", "größe", "\"x\"", "%2F"}) {
            assertThat(task.id(task.uri(id))).contains(id);
            assertThat(URI.create(task.uri(id)).getScheme()).isEqualTo("muster");
        }
    }

    @Test
    void the_prompts_and_the_instructions_name_only_tools_that_there_are() {
        var client = new McpClient(server.api(), "ada");
        var texts = Stream.concat(
                        Stream.of("worker", "planner", "reviewer").map(name -> client.ask(
                                        "prompts/get", Map.of("name", name, "arguments", Map.of("goal", "x")))
                                .result()
                                .at("/messages/0/content/text")
                                .asString()),
                        Stream.of(Features.INSTRUCTIONS))
                .collect(Collectors.joining("\n"));

        var named =
                TOOL_LIKE.matcher(texts).results().map(match -> match.group()).collect(Collectors.toSet());

        assertThat(named).contains("claim_next_task", "plan_mission", "find_causes");
        assertThat(tools.keySet()).containsAll(named);
    }

    @Test
    void every_tool_is_in_the_documentation() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "agents.md"));

        assertThat(tools.keySet()).allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }
}
