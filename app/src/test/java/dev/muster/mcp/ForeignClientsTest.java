package dev.muster.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.NodeScripts;
import dev.muster.NodeScripts.Run;
import dev.muster.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Clients that others wrote: the TypeScript SDKs of both revisions, and the command line of the inspector. They are installed
 * below {@code target}; where there is no node, or no network to install them by, the test is skipped and says so.
 */
@Tag("slow")
class ForeignClientsTest {

    private static final Path SOURCES = Path.of("src", "test", "mcp");
    private static final Path CLIENTS = Path.of("target", "mcp-clients");
    private static final String INSPECTOR =
            "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static String token;
    private static NodeScripts clients;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        clients = NodeScripts.install(SOURCES, CLIENTS);
        server = TestServer.start(home);
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
        var issued = api.command("issue-token", "", Map.of("tokenId", "ada", "role", "agent", "agentId", "ada"));
        token = issued.body().at("/result/token").asString();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static void submit(String id) {
        var answer = api.command("submit-task", "anonymous", Map.of("taskId", id, "title", "Task " + id));
        api.get("/api/queries/get-task?taskId=" + id + "&after="
                + answer.body().path("seen").asString());
    }

    @Test
    void the_sdk_of_2025_11_25_works_a_task() throws IOException, InterruptedException {
        submit("by-session");

        var run = script("session.mjs", "by-session");

        assertThat(run.exit()).as(run.output() + run.errors()).isZero();
        assertThat(run.output()).contains("worked 2025-11-25");
    }

    @Test
    void the_sdk_of_2026_07_28_works_a_task() throws IOException, InterruptedException {
        submit("stateless");

        var run = script("stateless.mjs", "stateless");

        assertThat(run.exit()).as(run.output() + run.errors()).isZero();
        assertThat(run.output()).contains("worked 2026-07-28");
    }

    @Test
    void the_inspector_lists_tools_that_it_finds_nothing_wrong_with() throws IOException, InterruptedException {
        var run = inspect("--method", "tools/list", "--strict");

        assertThat(run.exit()).as(run.errors()).isZero();
        assertThat(result(run).get("tools"))
                .extracting(tool -> tool.get("name").asString())
                .contains("claim_next_task", "find_tasks");
    }

    @Test
    void the_inspector_works_a_task_and_is_refused() throws IOException, InterruptedException {
        submit("inspected");

        var claim = call("claim_task", Map.of("taskId", "inspected"));
        var token = result(claim).at("/structuredContent/result/fencingToken").asLong();
        var stale = call("complete_task", Map.of("taskId", "inspected", "fencingToken", token + 1));
        var done = call("complete_task", Map.of("taskId", "inspected", "fencingToken", token));
        var read = inspect("--method", "resources/read", "--uri", "muster://task/inspected");
        var prompt =
                inspect("--method", "prompts/get", "--prompt-name", "reviewer", "--prompt-args", "taskId=inspected");

        assertThat(token).isPositive();
        assertThat(stale.exit()).as(stale.output()).isEqualTo(5);
        assertThat(result(stale).at("/content/0/text").asString()).contains("task-lease-lost");
        assertThat(done.exit()).as(done.output() + done.errors()).isZero();
        assertThat(result(read).at("/contents/0/text").asString()).contains("inspected");
        assertThat(result(prompt).at("/messages/0/content/text").asString()).contains("The task is inspected.");
    }

    private static Run script(String file, String task) throws IOException, InterruptedException {
        return clients.run(
                file,
                Map.of(
                        "MUSTER_URL",
                        api.url() + "/mcp",
                        "MUSTER_HEADERS",
                        "{\"Authorization\":\"Bearer " + token + "\"}",
                        "MUSTER_TASK",
                        task));
    }

    private static Run call(String tool, Map<String, ?> arguments) throws IOException, InterruptedException {
        return inspect(
                "--method",
                "tools/call",
                "--tool-name",
                tool,
                "--tool-args-json",
                HttpApi.JSON.writeValueAsString(arguments));
    }

    private static Run inspect(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "--cli",
                api.url() + "/mcp",
                "--transport",
                "http",
                "--header",
                "Authorization: Bearer " + token,
                "--format",
                "json"));
        command.addAll(List.of(arguments));
        return clients.run(
                INSPECTOR, Map.of("HOME", CLIENTS.toAbsolutePath().toString()), command.toArray(String[]::new));
    }

    private static JsonNode result(Run run) {
        return HttpApi.JSON.readTree(run.output()).path("result");
    }
}
