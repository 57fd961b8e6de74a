package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.agent.AgentId;
import dev.muster.message.CommandEntry;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MessageEntry;
import dev.muster.message.QueryEntry;
import dev.muster.message.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may send which command and ask which query, of all that the catalog offers: as the table in the documents says, and as it
 * is over HTTP. {@code -Dmuster.write-docs=true} writes the table anew.
 */
class WhoMayTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "security.md");
    private static final String BEGIN = "<!-- made from the catalog by WhoMayTest -->\n";
    private static final String END = "<!-- end -->\n";

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi operator;
    private static final Map<Who, HttpApi> BEARERS = new EnumMap<>(Who.class);

    /** Who sends it; {@code ada} is the agent whom the message names, where it names one. */
    enum Who {
        NO_TOKEN("no token"),
        AGENT("the agent"),
        OTHER_AGENT("another agent"),
        AUDITOR("auditor"),
        OPERATOR("operator"),
        REVOKED("revoked token");

        private final String title;

        Who(String title) {
            this.title = title;
        }

        /** The status with which it is refused; 0 if it is let through to the rules of the domain. */
        int refusal(MessageEntry message) {
            var isCommand = message instanceof CommandEntry;
            var role = message instanceof CommandEntry command ? command.role() : ((QueryEntry) message).role();
            return switch (this) {
                case NO_TOKEN, REVOKED -> 401;
                case AUDITOR -> isCommand ? 403 : 0;
                case OPERATOR -> 0;
                case AGENT -> role == Role.ANYBODY ? 0 : 403;
                case OTHER_AGENT -> role == Role.ANYBODY && !(isCommand && namesAgent(message)) ? 0 : 403;
            };
        }
    }

    private static boolean namesAgent(MessageEntry message) {
        return Arrays.stream(message.payload().getRecordComponents())
                .anyMatch(field -> field.getName().equals("agentId") && field.getType() == AgentId.class);
    }

    private static boolean isOffered(MessageEntry message) {
        return message instanceof CommandEntry command ? command.offered() : ((QueryEntry) message).offered();
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.supervision=false", "--muster.access.failures-per-minute=0");
        operator = server.api();
        BEARERS.put(Who.NO_TOKEN, operator.anonymous());
        BEARERS.put(Who.AGENT, bearing(Map.of("tokenId", "a", "role", "agent", "agentId", "ada")));
        BEARERS.put(Who.OTHER_AGENT, bearing(Map.of("tokenId", "b", "role", "agent", "agentId", "ben")));
        BEARERS.put(Who.AUDITOR, bearing(Map.of("tokenId", "c", "role", "auditor")));
        BEARERS.put(Who.OPERATOR, operator);
        BEARERS.put(Who.REVOKED, bearing(Map.of("tokenId", "d", "role", "operator")));
        operator.command("revoke-token", "", Map.of("tokenId", "d"));
    }

    private static HttpApi bearing(Map<String, ?> token) {
        return operator.with(operator.command("issue-token", "", token)
                .body()
                .at("/result/token")
                .asString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<MessageEntry> messages() {
        var catalog = server.bean(MessageCatalog.class);
        return Stream.<MessageEntry>concat(catalog.commands().stream(), catalog.queries().stream())
                .filter(WhoMayTest::isOffered);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_is_let_through_or_refused_as_the_table_says(MessageEntry message) {
        var path = message instanceof CommandEntry command ? command.path() : ((QueryEntry) message).path();
        for (var who : Who.values()) {
            var body = SampleJson.of(message.schema());
            if (namesAgent(message) && message instanceof CommandEntry) {
                body.put("agentId", "ada");
            }
            var answer = BEARERS.get(who).post(path, "", body.toString());
            var expected = who.refusal(message);
            if (expected == 0) {
                // The sample is well formed, so it was for the domain to say what becomes of it.
                assertThat(answer.status())
                        .as("%s by %s: %s", message.name(), who, answer.body())
                        .isNotIn(400, 401, 403, 429, 500);
            } else {
                assertThat(answer.status())
                        .as("%s by %s: %s", message.name(), who, answer.body())
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void in_a_list_a_command_is_refused_likewise(MessageEntry message) {
        if (!(message instanceof CommandEntry command)) {
            return;
        }
        for (var who : List.of(Who.AGENT, Who.OTHER_AGENT, Who.AUDITOR)) {
            var body = SampleJson.of(command.schema());
            if (namesAgent(command)) {
                body.put("agentId", "ada");
            }
            var list = "[{\"command\":\"" + command.kebab() + "\",\"payload\":" + body + "}]";
            var status = BEARERS.get(who)
                    .post("/api/commands", "", list)
                    .body()
                    .at("/items/0/status")
                    .asInt();
            if (who.refusal(command) == 0) {
                assertThat(status).as(command.name() + " by " + who).isNotIn(400, 403);
            } else {
                assertThat(status).as(command.name() + " by " + who).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void over_mcp_it_is_let_through_or_refused_likewise(MessageEntry message) {
        var isCommand = message instanceof CommandEntry;
        var kebab = isCommand ? ((CommandEntry) message).kebab() : ((QueryEntry) message).kebab();
        var tool = kebab.replace('-', '_');
        for (var who : Who.values()) {
            var body = SampleJson.of(message.schema());
            if (namesAgent(message) && isCommand) {
                body.put("agentId", "ada");
            }
            var answer = call(BEARERS.get(who), tool, body);
            var status = answer.body().at("/result/structuredContent/status").asInt(0);
            if (who == Who.NO_TOKEN || who == Who.REVOKED) {
                assertThat(answer.status()).as(tool + " by " + who).isEqualTo(401);
            } else if (Who.AGENT.refusal(message) != 0) {
                assertThat(answer.body().at("/error/code").asInt())
                        .as("%s is no tool, since no agent may use it: %s", tool, answer.body())
                        .isEqualTo(-32602);
            } else if (who.refusal(message) == 0) {
                assertThat(answer.body().has("result"))
                        .as(answer.body().toString())
                        .isTrue();
                assertThat(status).as("%s by %s: %s", tool, who, answer.body()).isNotIn(400, 401, 403, 429, 500);
            } else {
                assertThat(status).as("%s by %s: %s", tool, who, answer.body()).isEqualTo(who.refusal(message));
            }
        }
    }

    private static HttpApi.Answer call(HttpApi bearer, String tool, ObjectNode arguments) {
        var meta = "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + ",\"_meta\":" + meta + "}}";
        return bearer.post(
                "/mcp",
                "",
                body,
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                tool);
    }

    @Test
    void the_document_has_the_table() throws IOException {
        var document = Files.readString(DOCUMENT);
        var before = document.substring(0, document.indexOf(BEGIN) + BEGIN.length());
        var after = document.substring(document.indexOf(END));
        var expected = before + table() + after;
        if (Boolean.getBoolean("muster.write-docs")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(DOCUMENT)
                .as("the document; write it anew with -Dmuster.write-docs=true")
                .content()
                .isEqualTo(expected);
    }

    private static String table() {
        var columns = Arrays.stream(Who.values()).map(who -> who.title).collect(Collectors.joining(" | "));
        return "| | " + columns + " |\n" + "|---".repeat(Who.values().length + 1) + "|\n"
                + messages().map(WhoMayTest::row).collect(Collectors.joining());
    }

    private static String row(MessageEntry message) {
        return "| `" + message.name() + "` | "
                + Arrays.stream(Who.values())
                        .map(who -> who.refusal(message) == 0 ? "yes" : String.valueOf(who.refusal(message)))
                        .collect(Collectors.joining(" | "))
                + " |\n";
    }
}
