package dev.muster.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Speaks JSON-RPC with the MCP edge, as raw as it is, in either revision. */
final class McpClient {

    static final String STATELESS = "2026-07-28";
    private static final String META = "io.modelcontextprotocol/";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private final String token;
    private final String actor;
    private int lastId;

    McpClient(HttpApi api, String actor) {
        this.uri = URI.create(api.url() + "/mcp");
        this.token = api.token();
        this.actor = actor;
    }

    record Answer(int status, Map<String, List<String>> headers, String text) {

        /** The one message of the answer, whether it stands alone or in a stream. */
        JsonNode message() {
            var data = text.startsWith("{")
                    ? text
                    : text.lines()
                            .filter(line -> line.startsWith("data:"))
                            .map(line -> line.substring("data:".length()))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("No message in " + text));
            return HttpApi.JSON.readTree(data);
        }

        JsonNode result() {
            assertThat(message().has("result")).as(text).isTrue();
            return message().get("result");
        }

        int error() {
            return message().path("error").path("code").asInt(0);
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(each -> each.getKey().equalsIgnoreCase(name))
                    .map(each -> each.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    /** A session that has begun. */
    record Session(McpClient client, String id, JsonNode initialized) {

        Answer ask(String method, Map<String, ?> params) {
            return client.post(
                    client.message(method, params), "Mcp-Session-Id", id, "MCP-Protocol-Version", "2025-11-25");
        }

        JsonNode call(String tool, Map<String, ?> arguments) {
            return ask("tools/call", Map.of("name", tool, "arguments", arguments))
                    .result();
        }

        Events listen() {
            return client.events(client.request()
                    .header("Accept", "text/event-stream")
                    .header("Mcp-Session-Id", id)
                    .GET());
        }

        int end() {
            return client.send(client.request().header("Mcp-Session-Id", id).DELETE())
                    .status();
        }
    }

    Session begin() {
        var answer = initialize();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var session = new Session(this, answer.header("Mcp-Session-Id"), answer.result());
        var initialized =
                HttpApi.JSON.writeValueAsString(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
        assertThat(post(initialized, "Mcp-Session-Id", session.id()).status()).isEqualTo(202);
        return session;
    }

    Answer initialize() {
        return post(message(
                "initialize",
                Map.of(
                        "protocolVersion",
                        "2025-11-25",
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "test", "version", "1"))));
    }

    /** A request of 2026-07-28, with all that it says about itself. */
    Answer ask(String method, Map<String, ?> params) {
        var headers = new ArrayList<>(List.of("MCP-Protocol-Version", STATELESS, "Mcp-Method", method));
        for (var named : List.of("name", "uri")) {
            if (params.containsKey(named)) {
                headers.addAll(List.of("Mcp-Name", params.get(named).toString()));
            }
        }
        return post(message(method, withMeta(params)), headers.toArray(String[]::new));
    }

    JsonNode call(String tool, Map<String, ?> arguments) {
        return ask("tools/call", Map.of("name", tool, "arguments", arguments)).result();
    }

    Events listen(List<String> uris) {
        var body = message(
                "subscriptions/listen", withMeta(Map.of("notifications", Map.of("resourceSubscriptions", uris))));
        return events(request()
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .headers("MCP-Protocol-Version", STATELESS, "Mcp-Method", "subscriptions/listen")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    static Map<String, Object> withMeta(Map<String, ?> params) {
        var all = new LinkedHashMap<String, Object>(params);
        all.put("_meta", Map.of(META + "protocolVersion", STATELESS, META + "clientCapabilities", Map.of()));
        return all;
    }

    String message(String method, Map<String, ?> params) {
        var message = new LinkedHashMap<String, Object>();
        message.put("jsonrpc", "2.0");
        message.put("id", ++lastId);
        message.put("method", method);
        message.put("params", params);
        return HttpApi.JSON.writeValueAsString(message);
    }

    Answer post(String body, String... headers) {
        var request = request()
                .header("Accept", "application/json, text/event-stream")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Muster-Actor", actor)
                .timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Events events(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
            assertThat(response.statusCode()).isEqualTo(200);
            return new Events(response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The messages of a stream, each awaited; whether anybody is there is asked by the server, and passed over. */
    static final class Events implements AutoCloseable {

        private final Stream<String> lines;
        private final Iterator<String> each;

        private Events(Stream<String> lines) {
            this.lines = lines;
            this.each = lines.iterator();
        }

        private static boolean isMessage(String line) {
            return line.startsWith("data:") && !line.contains("\"ping\"");
        }

        JsonNode next() {
            while (each.hasNext()) {
                var line = each.next();
                if (isMessage(line)) {
                    return HttpApi.JSON.readTree(line.substring("data:".length()));
                }
            }
            throw new AssertionError("The stream has ended");
        }

        boolean hasEnded() {
            while (each.hasNext()) {
                if (isMessage(each.next())) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
