package dev.muster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.client.FakeServer.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent, and what becomes of what is answered. */
class MusterClientTest {

    private static final String DONE = "{\"id\":\"t-1\",\"version\":3,\"seen\":\"task/t-1@3\",\"result\":{\"x\":1}}";

    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private MusterClient client() {
        return MusterClient.at(server.url())
                .token("muster_secret")
                .patience(Duration.ofSeconds(20))
                .build();
    }

    @Test
    void a_command_goes_with_the_token_and_a_key_of_its_own() {
        server.on("/api/commands/submit-task", new Reply(200, DONE));

        client().command("submit-task", Map.of("title", "One"));
        client().command("submit-task", Map.of("title", "Two"));

        var sent = server.requests("/api/commands/submit-task");
        assertThat(sent).allSatisfy(request -> assertThat(request.header("Authorization"))
                .isEqualTo("Bearer muster_secret"));
        assertThat(sent.get(0).body()).isEqualTo("{\"title\":\"One\"}");
        assertThat(new HashSet<>(sent.stream()
                        .map(each -> each.header("Idempotency-key"))
                        .toList()))
                .hasSize(2);
    }

    @Test
    void the_answer_says_what_it_was_done_to_and_when_by_the_servers_clock() {
        server.on("/api/commands/submit-task", new Reply(200, DONE));

        var before = Instant.now();
        var answer = client().command("submit-task", Map.of("title", "One"));

        assertThat(answer.id()).isEqualTo("t-1");
        assertThat(answer.version()).isEqualTo(3);
        assertThat(answer.seen()).isEqualTo("task/t-1@3");
        assertThat(answer.result().get("x").asInt()).isEqualTo(1);
        assertThat(answer.at()).isBetween(before.truncatedTo(ChronoUnit.SECONDS), Instant.now());
    }

    @Test
    void what_was_not_answered_for_now_is_sent_again_with_the_same_key() {
        server.on("/api/commands/submit-task", new Reply(503, "{}"), new Reply(429, "{}"), new Reply(200, DONE));

        var answer = client().command("submit-task", Map.of("title", "One"));

        assertThat(answer.id()).isEqualTo("t-1");
        var keys = server.requests("/api/commands/submit-task").stream()
                .map(request -> request.header("Idempotency-key"))
                .toList();
        assertThat(keys).hasSize(3);
        assertThat(new HashSet<>(keys)).hasSize(1);
    }

    @Test
    void a_refusal_is_not_tried_again_and_tells_its_code_and_what_to_do() {
        server.on(
                "/api/commands/claim-task",
                new Reply(
                        409,
                        "{\"type\":\"urn:muster:problem:task-already-claimed\",\"detail\":\"Claim another task.\",\"agentId\":\"ben\"}"));

        assertThatThrownBy(() -> client().command("claim-task", Map.of("taskId", "t-1")))
                .isInstanceOfSatisfying(RefusedException.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(409);
                    assertThat(refusal.code()).isEqualTo("task-already-claimed");
                    assertThat(refusal).hasMessage("Claim another task.");
                    assertThat(refusal.problem().get("agentId").asString()).isEqualTo("ben");
                });
        assertThat(server.requests("/api/commands/claim-task")).hasSize(1);
    }

    @Test
    void a_server_that_stays_busy_is_a_refusal_once_patience_is_over() {
        server.on("/api/queries/get-task", new Reply(503, "{\"detail\":\"The views are behind.\"}"));
        var impatient = MusterClient.at(server.url()).patience(Duration.ZERO).build();

        assertThatThrownBy(() -> impatient.query("get-task", Map.of("taskId", "t-1")))
                .isInstanceOfSatisfying(RefusedException.class, refusal -> assertThat(refusal.status())
                        .isEqualTo(503));
        assertThat(server.requests("/api/queries/get-task")).hasSize(1);
    }

    @Test
    void a_server_that_is_not_there_is_unreachable() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var nobody = MusterClient.at("http://127.0.0.1:" + free)
                .patience(Duration.ofMillis(200))
                .build();

        assertThatThrownBy(() -> nobody.command("submit-task", Map.of("title", "One")))
                .isInstanceOf(UnreachableException.class);
    }

    @Test
    void the_version_that_a_command_is_based_on_goes_as_if_match() {
        server.on("/api/commands/revise-task", new Reply(200, DONE));

        client().commandAt(7, "revise-task", Map.of("taskId", "t-1", "title", "Better"));

        assertThat(server.requests("/api/commands/revise-task").get(0).header("If-match"))
                .isEqualTo("\"7\"");
    }

    @Test
    void the_parameters_of_a_query_are_encoded_and_those_without_a_value_left_out() {
        server.on("/api/queries/find-tasks", new Reply(200, "{\"items\":[]}"));
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("label", "a&b ü");
        parameters.put("after", null);

        client().query("find-tasks", parameters);

        assertThat(server.requests("/api/queries").get(0).path())
                .isEqualTo("/api/queries/find-tasks?label=a%26b+%C3%BC");
    }
}
