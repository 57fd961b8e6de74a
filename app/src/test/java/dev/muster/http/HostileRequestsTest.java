package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.access.OperatorTokenFile;
import dev.muster.message.CommandEntry;
import dev.muster.message.MessageCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Hundreds of malformed and hostile requests, written to the socket as they are: each is refused, none with an error of the
 * server or its innards, none leaves an event, and the server goes on.
 */
@ExtendWith(OutputCaptureExtension.class)
class HostileRequestsTest {

    private static final int WAIT_MILLIS = 20_000;

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static String token;
    private final Random random = new Random(7);

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.supervision=false", "--muster.access.failures-per-minute=0");
        api = server.api();
        token = OperatorTokenFile.read(home).orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What is sent, and whether a client that is let in by chance would be a fault. */
    private record Attack(String name, String request) {}

    private static String post(String path, String body, String... headers) {
        return "POST " + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + String.join("", headers) + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n" + body;
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + String.join("", headers)
                + "\r\n";
    }

    private static String bearing(String secret) {
        return "Authorization: Bearer " + secret + "\r\n";
    }

    private List<Attack> attacks() {
        var attacks = new ArrayList<Attack>();
        for (var command : server.bean(MessageCatalog.class).commands()) {
            if (command.offered()) {
                bodies(command)
                        .forEach(body -> attacks.add(new Attack(
                                command.name() + " " + shortened(body), post(command.path(), body, bearing(token)))));
            }
        }
        paths().forEach(path -> attacks.add(new Attack(path, get(path, bearing(token)))));
        tokens().forEach(secret ->
                attacks.add(new Attack("token " + shortened(secret), get("/api/catalog", bearing(secret)))));
        headers()
                .forEach(header -> attacks.add(new Attack(
                        shortened(header),
                        post("/api/commands/submit-task", "{\"title\":\"x\"}", bearing(token), header))));
        return attacks;
    }

    /** Bodies that no command takes. */
    private List<String> bodies(CommandEntry command) {
        var bodies = new ArrayList<>(List.of(
                "{",
                "null",
                "[]",
                "7",
                "\"" + "x".repeat(100_000) + "\"",
                "{\"" + "x".repeat(60_000) + "\":1}",
                "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
                "{\"a\":" + "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000) + "}",
                "{\"@class\":\"javax.naming.InitialContext\",\"@type\":\"java.lang.Runtime\"}",
                "{\"number\":1" + "0".repeat(5_000) + "}"));
        command.schema().path("properties").propertyNames().forEach(field -> {
            bodies.add("{\"" + field + "\":{\"@class\":\"java.lang.ProcessBuilder\",\"command\":[\"id\"]}}");
            bodies.add("{\"" + field + "\":1e999999}");
        });
        return bodies;
    }

    private static List<String> paths() {
        return List.of(
                "/api/../actuator/env",
                "/api/queries/../commands/submit-task",
                "/api/queries/..%2f..%2fetc%2fpasswd",
                "/api/queries/%2e%2e/%2e%2e/etc/passwd",
                "/api//queries/find-tasks",
                "/api/queries/find-tasks;jsessionid=1",
                "/api/queries/find-tasks%00.json",
                "/api/queries/find-tasks%0d%0aSet-Cookie:%20a=b",
                "/api/queries/%ff%fe",
                "/api/queries/get-task?taskId=%00",
                "/api/queries/get-task?taskId=%0d%0aX:1",
                "/api/queries/get-task?taskId=../../etc/passwd%0a",
                "/api/queries/find-tasks?limit=99999999999999999999",
                "/api/queries/find-tasks?cursor=" + "A".repeat(4_000),
                "/api/queries/find-tasks?label=x&limit=-1",
                "/api/events?after=9223372036854775808",
                "/actuator/env",
                "/actuator/heapdump",
                "/\\..\\windows",
                "/api/processors/%2e%2e",
                "/error%",
                "/" + "a/".repeat(3_000));
    }

    /** Good ones cut off, with a bit more, in another case, or made up. */
    private List<String> tokens() {
        var tokens = new ArrayList<String>();
        for (var length = 0; length < token.length(); length++) {
            tokens.add(token.substring(0, length));
        }
        tokens.add(token + "A");
        tokens.add(token.toUpperCase(Locale.ROOT));
        tokens.add(token.replaceFirst("muster_", ""));
        tokens.add("x".repeat(7_000));
        tokens.add("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJtdXN0ZXJfcm9sZSI6Im9wZXJhdG9yIn0.");
        for (var i = 0; i < 30; i++) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            tokens.add("muster_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return tokens;
    }

    private static List<String> headers() {
        return List.of(
                "Muster-Actor: system:supervisor\r\n",
                "Muster-Actor: a b\r\n",
                "Muster-Actor: " + "x".repeat(129) + "\r\n",
                "Muster-Actor: ada\u0000\r\n",
                "If-Match: \"-1\"\r\n",
                "If-Match: *\r\n",
                "If-Match: \"" + "9".repeat(40) + "\"\r\n",
                "Idempotency-Key: " + "k".repeat(201) + "\r\n",
                "Muster-Correlation-Id: " + "c".repeat(3_000) + "\r\n",
                "Muster-Reason: " + "r".repeat(5_000) + "\r\n",
                "X-Bad: a\rb\r\n",
                "X Bad: a\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\n");
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "… (" + text.length() + ")" : text;
    }

    @Test
    void each_is_refused_and_none_with_an_error_of_the_server(CapturedOutput output) throws IOException {
        var before = api.log("").size();
        var attacks = attacks();
        assertThat(attacks).hasSizeGreaterThan(500);
        var each = new SoftAssertions();
        for (var attack : attacks) {
            var answer = send(attack.request());
            each.assertThat(answer).as(attack.name()).startsWith("HTTP/1.1 4");
            each.assertThat(answer)
                    .as(attack.name())
                    .doesNotContain("\tat ", "Exception", "dev.muster.", "org.springframework", "Set-Cookie");
        }
        each.assertAll();
        assertThat(api.log("")).hasSize(before);
        assertThat(output.getAll()).doesNotContain("A request failed", token);
        assertThat(api.get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void bodies_that_come_slowly_or_never_hold_up_nobody_else() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 50; i++) {
                var socket = open();
                socket.getOutputStream()
                        .write(("POST /api/commands/submit-task HTTP/1.1\r\nHost: localhost\r\n" + bearing(token)
                                        + "Content-Length: 1000\r\n\r\n{\"title\":")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                slow.add(socket);
            }
            assertThat(api.get("/api/queries/count-tasks").status()).isEqualTo(200);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private static Socket open() throws IOException {
        var uri = URI.create(api.url());
        var socket = new Socket(InetAddress.getByName(uri.getHost()), uri.getPort());
        socket.setSoTimeout(WAIT_MILLIS);
        return socket;
    }

    /** What came back before the connection was closed. */
    private static String send(String request) throws IOException {
        try (var socket = open()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            return "it hangs";
        }
    }
}
