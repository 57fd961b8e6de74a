package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.message.MetaKeys;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tokens let in whom they name, as whom they name, until they are revoked. */
@ExtendWith(OutputCaptureExtension.class)
class AccessTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi operator;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        operator = server.api();
        operator.command("register-agent", "", Map.of("agentId", "ada"));
        operator.command("register-agent", "", Map.of("agentId", "ben"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpApi.Answer issue(String role, @Nullable String agent, String... headers) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("tokenId", role + "-" + UUID.randomUUID());
        fields.put("role", role);
        if (agent != null) {
            fields.put("agentId", agent);
        }
        return operator.command("issue-token", "", fields, headers);
    }

    private static HttpApi bearing(HttpApi.Answer issued) {
        return operator.with(issued.body().at("/result/token").asString());
    }

    private static HttpApi of(String role, @Nullable String agent) {
        return bearing(issue(role, agent));
    }

    // ---- who is let in

    @Test
    void without_a_token_nothing_is_answered_but_the_health() {
        var nobody = operator.anonymous();
        for (var path :
                List.of("/", "/api/catalog", "/api/queries/find-tasks", "/v3/api-docs", "/actuator/prometheus")) {
            var answer = nobody.get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("token-missing");
            assertThat(answer.body().get("detail").asString()).contains("operator-token", "IssueToken");
            assertThat(answer.headers().get("www-authenticate")).containsExactly("Bearer realm=\"muster\"");
        }
        assertThat(nobody.get("/actuator/health").status()).isEqualTo(200);
        assertThat(nobody.get("/actuator/health").body().has("components")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"muster_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "muster_", "other", "a.b.c"})
    void a_token_that_was_never_issued_is_refused_whatever_is_asked(String secret) {
        for (var path : List.of("/api/catalog", "/actuator/health")) {
            var answer = operator.with(secret).get(path);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("token-invalid");
            assertThat(answer.headers().get("www-authenticate").get(0)).contains("invalid_token");
        }
    }

    @Test
    void an_expired_token_is_refused() {
        var token = Map.of(
                "tokenId",
                "short",
                "role",
                "auditor",
                "expiresAt",
                Instant.now().plusMillis(700).toString());
        var soonOver = bearing(operator.command("issue-token", "", token));
        soonOver.awaitProblem("/api/catalog", "token-expired");
    }

    @Test
    void a_revoked_token_is_refused_from_the_answer_on() {
        var issued = issue("auditor", null);
        var auditor = bearing(issued);
        assertThat(auditor.get("/api/catalog").status()).isEqualTo(200);
        operator.command(
                "revoke-token", "", Map.of("tokenId", issued.body().get("id").asString()));
        assertThat(auditor.get("/api/catalog").problem()).isEqualTo("token-invalid");
    }

    @Test
    void a_stream_ends_when_its_token_is_revoked() throws Exception {
        var issued = issue("agent", "ada");
        var agent = bearing(issued);
        var first = agent.stream("/api/events");
        var second = agent.stream("/api/queries/find-tasks");
        operator.command(
                "revoke-token", "", Map.of("tokenId", issued.body().get("id").asString()));
        for (var stream : List.of(first, second)) {
            var ended = CompletableFuture.supplyAsync(
                    () -> stream.filter(String::isEmpty).count());
            assertThat(ended.get(20, TimeUnit.SECONDS)).isNotNull();
        }
    }

    // ---- as whom

    @Test
    void an_agent_acts_as_itself_alone() {
        var ada = of("agent", "ada");
        ada.command("submit-task", "", Map.of("taskId", "adas", "title", "One"));
        assertThat(ada.command("claim-task", "", Map.of("taskId", "adas"))
                        .body()
                        .at("/result/agentId")
                        .asString())
                .isEqualTo("ada");
        assertThat(ada.command("claim-task", "ben", Map.of("taskId", "adas")).problem())
                .isEqualTo("actor-not-itself");
        assertThat(ada.command("claim-task", "operator:kim", Map.of("taskId", "adas"))
                        .problem())
                .isEqualTo("actor-not-itself");
        var ben = of("agent", "ben");
        assertThat(ben.command("complete-task", "", Map.of("taskId", "adas", "agentId", "ada", "fencingToken", 1))
                        .problem())
                .isEqualTo("agent-not-itself");
    }

    @Test
    void an_operator_acts_on_behalf_of_an_agent_and_both_are_recorded() {
        operator.command("submit-task", "ben", Map.of("taskId", "bens", "title", "One"));
        var event = operator.events("&entity=task/bens").get(0);
        assertThat(event.get("actor").asString()).isEqualTo("ben");
        assertThat(event.get("authid").asString()).startsWith("home-");
        var history = operator.get("/api/queries/get-history?entity=task/bens");
        assertThat(history.body().at("/items/0/authId").asString()).startsWith("home-");
        var stored = operator.events("&form=stored&entity=task/bens").get(0);
        assertThat(stored.at("/metadata/" + MetaKeys.AUTH_ID).asString()).startsWith("home-");
    }

    @Test
    void an_auditor_reads_and_changes_nothing() {
        var auditor = of("auditor", null);
        assertThat(auditor.get("/api/queries/find-tokens").status()).isEqualTo(200);
        assertThat(auditor.get("/api/processors").status()).isEqualTo(200);
        assertThat(auditor.get("/actuator/health").body().has("components")).isTrue();
        assertThat(auditor.command("submit-task", "", Map.of("title", "One")).problem())
                .isEqualTo("auditor-reads-only");
        assertThat(auditor.post("/api/processors/views/pause", "", "{}").status())
                .isEqualTo(403);
    }

    @Test
    void only_operators_and_auditors_see_the_tokens_and_only_operators_make_them() {
        var ada = of("agent", "ada");
        assertThat(ada.get("/api/queries/find-tokens").problem()).isEqualTo("role-missing");
        assertThat(operator.post("/api/queries/find-tokens", "ada", "{}").problem())
                .isEqualTo("role-missing");
        assertThat(ada.get("/actuator/prometheus").status()).isEqualTo(403);
        assertThat(ada.command("issue-token", "", Map.of("role", "operator")).problem())
                .isEqualTo("role-missing");
        assertThat(ada.command("revoke-token", "", Map.of("tokenId", "home")).problem())
                .isEqualTo("role-missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator:kim", "anonymous", "system:supervisor", "auditor:eve"})
    void no_agents_token_has_a_name_that_is_reserved(String name) {
        assertThat(issue("agent", name).body().get("detail").asString()).contains("reserved name");
    }

    // ---- the secret

    @Test
    void a_secret_is_answered_once_and_is_nowhere_else(CapturedOutput output) throws IOException {
        var id = UUID.randomUUID().toString();
        var fields = Map.of("tokenId", id, "role", "agent", "agentId", "ada");
        var issued = operator.command("issue-token", "", fields, "Idempotency-Key", id);
        var secret = issued.body().at("/result/token").asString();
        assertThat(secret).matches("muster_[A-Za-z0-9_-]{43}");

        var again = operator.command("issue-token", "", fields, "Idempotency-Key", id);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().at("/result/tokenId").asString()).isEqualTo(id);
        assertThat(again.body().at("/result").has("token")).isFalse();

        operator.with(secret).get("/api/no/such/" + secret);
        operator.with(secret + "x").get("/api/catalog");
        for (var path : List.of(
                "/api/events?form=stored&entity=token/" + id,
                "/api/queries/get-history?entity=token/" + id,
                "/api/queries/get-state?entity=token/" + id,
                "/api/queries/find-tokens?limit=500")) {
            assertThat(operator.get(path).body().toString())
                    .as(path)
                    .contains(id)
                    .doesNotContain(secret);
        }
        assertThat(server.bean(MeterRegistry.class).getMeters().toString()).doesNotContain(secret);
        assertThat(output.getAll()).doesNotContain(secret);
        assertThat(filesWith(secret)).isEmpty();
        assertThat(new IssuedToken(TokenId.of("t"), TokenRole.AUDITOR, null, null, secret).toString())
                .doesNotContain(secret);
    }

    private static List<Path> filesWith(String secret) throws IOException {
        try (var files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(secret);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .toList();
        }
    }

    @Test
    void the_operators_token_is_readable_by_its_owner_alone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("operator-token"))))
                .isEqualTo("rw-------");
    }

    // ---- the edge

    @Test
    void answers_bear_the_headers_of_security_and_open_to_no_other_origin() {
        var answer = operator.get("/api/catalog");
        assertThat(answer.headers().get("x-content-type-options")).containsExactly("nosniff");
        assertThat(answer.headers().get("x-frame-options")).containsExactly("DENY");
        assertThat(answer.headers().get("referrer-policy")).containsExactly("no-referrer");
        assertThat(answer.headers().get("content-security-policy").get(0)).contains("frame-ancestors 'none'");
        assertThat(answer.headers().get("cache-control").get(0)).contains("no-store");
        assertThat(operator.anonymous().get("/api/catalog").headers()).containsKey("x-content-type-options");
    }

    @Test
    void no_page_of_another_origin_may_read_an_answer() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(operator.url() + "/api/catalog"))
                .header(
                        "Authorization",
                        "Bearer " + OperatorTokenFile.read(home).orElseThrow())
                .header("Origin", "https://elsewhere.example");
        var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("access-control-allow-origin", "vary");
    }
}
