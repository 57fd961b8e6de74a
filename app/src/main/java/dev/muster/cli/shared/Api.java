package dev.muster.cli.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of Muster's HTTP interface, as small as any client's may be. */
public final class Api {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;

    public Api(String url) {
        this.url = url;
    }

    /** What came back: a status and JSON. */
    public record Answer(int status, JsonNode body) {

        public boolean isOk() {
            return status < 300;
        }

        /** The stable code of a refusal; empty if it is none. */
        public String problem() {
            return body.path("type").asString("").replace("urn:muster:problem:", "");
        }
    }

    /**
     * @param fields the message; values are JSON's own types
     * @param headers names and values by turns
     */
    public Answer command(String name, String actor, Map<String, ?> fields, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + "/api/commands/" + name))
                .header("Muster-Actor", actor)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).build());
    }

    /** @param body JSON's own types */
    public Answer post(String path, Map<String, ?> body) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    }

    public Answer ping() {
        return send(HttpRequest.newBuilder(URI.create(url + "/api/ping"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private Answer send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var body = response.body().length == 0 ? JSON.nullNode() : JSON.readTree(response.body());
            return new Answer(response.statusCode(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for an answer", e);
        }
    }
}
