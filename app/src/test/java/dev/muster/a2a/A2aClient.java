package dev.muster.a2a;

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

/** Speaks JSON-RPC with the A2A edge, as raw as it is. */
final class A2aClient {

    static final String POSITION = "urn:muster:a2a:position:v1";
    static final String WORK = "urn:muster:a2a:work:v1";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;
    private final String token;
    private final String actor;
    private int lastId;

    A2aClient(HttpApi api, String actor) {
        this.uri = URI.create(api.url() + "/a2a");
        this.token = api.token();
        this.actor = actor;
    }

    record Answer(int status, String contentType, String retryAfter, JsonNode json) {

        JsonNode result() {
            assertThat(json.has("result")).as(json.toString()).isTrue();
            return json.get("result");
        }

        /** Of the task that a message was answered with. */
        JsonNode task() {
            return result().get("task");
        }

        int error() {
            return json.path("error").path("code").asInt(0);
        }
    }

    Answer call(String method, Map<String, ?> params) {
        return post(request(method, params), "A2A-Version", "1.0");
    }

    JsonNode get(String id) {
        return call("GetTask", Map.of("id", id)).result();
    }

    /** Sends a message and doesn't wait for what becomes of it. */
    Answer send(Map<String, ?> message) {
        return call("SendMessage", Map.of("message", message, "configuration", Map.of("returnImmediately", true)));
    }

    static Map<String, Object> message(String id, Object... parts) {
        var message = new LinkedHashMap<String, Object>();
        message.put("messageId", id);
        message.put("role", "ROLE_USER");
        message.put("parts", List.of(parts));
        return message;
    }

    static Map<String, Object> text(String text) {
        return Map.of("text", text);
    }

    static Map<String, Object> with(Map<String, Object> message, String field, Object value) {
        var more = new LinkedHashMap<>(message);
        more.put(field, value);
        return more;
    }

    String request(String method, Map<String, ?> params) {
        var request = new LinkedHashMap<String, Object>();
        request.put("jsonrpc", "2.0");
        request.put("id", ++lastId);
        request.put("method", method);
        request.put("params", params);
        return HttpApi.JSON.writeValueAsString(request);
    }

    Answer post(String body, String... headers) {
        try {
            var response = http.send(to(body, headers), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Retry-After").orElse(""),
                    HttpApi.JSON.readTree(response.body()));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpRequest to(String body, String... headers) {
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Muster-Actor", actor)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    Events stream(String method, Map<String, ?> params, String... headers) {
        var all = new ArrayList<>(List.of("A2A-Version", "1.0", "Accept", "text/event-stream"));
        all.addAll(List.of(headers));
        try {
            var response = http.send(
                    to(request(method, params), all.toArray(String[]::new)), HttpResponse.BodyHandlers.ofLines());
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            return new Events(response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What is told in a stream, each awaited. */
    static final class Events implements AutoCloseable {

        record Event(String id, JsonNode result) {

            /** What it is: task, statusUpdate or artifactUpdate. */
            String kind() {
                return result.propertyNames().iterator().next();
            }

            JsonNode content() {
                return result.get(kind());
            }

            /** In short: the state, or the identifier of the artifact. */
            String tells() {
                return kind().equals("artifactUpdate")
                        ? content().at("/artifact/artifactId").asString()
                        : content().at("/status/state").asString().replace("TASK_STATE_", "");
            }

            String position() {
                return content().at("/metadata").path(POSITION).asString();
            }
        }

        private final Stream<String> lines;
        private final Iterator<String> each;

        private Events(Stream<String> lines) {
            this.lines = lines;
            this.each = lines.iterator();
        }

        Event next() {
            var id = "";
            while (each.hasNext()) {
                var line = each.next();
                if (line.startsWith("id:")) {
                    id = line.substring("id:".length());
                }
                if (line.startsWith("data:")) {
                    var json = HttpApi.JSON.readTree(line.substring("data:".length()));
                    return new Event(id, json.get("result"));
                }
            }
            throw new AssertionError("The stream has ended");
        }

        /** All up to its end. */
        List<Event> rest() {
            var rest = new ArrayList<Event>();
            while (each.hasNext()) {
                var line = each.next();
                if (line.startsWith("id:")) {
                    var id = line.substring("id:".length());
                    var data = each.next();
                    rest.add(new Event(
                            id,
                            HttpApi.JSON
                                    .readTree(data.substring("data:".length()))
                                    .get("result")));
                }
            }
            return rest;
        }

        @Override
        public void close() {
            lines.close();
        }
    }
}
