package dev.muster.cli.shared;

import dev.muster.access.OperatorTokenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of Muster's HTTP interface, as small as any client's may be. */
public final class Api {

    public static final JsonMapper JSON = JsonMapper.builder().build();

    /** One for all, since each has threads and connections of its own. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String url;
    private final Optional<String> token;

    private Api(String url, Optional<String> token) {
        this.url = url;
        this.token = token;
    }

    /** With the operator's token of that home. */
    public static Api of(String url, Path home) {
        return new Api(url, OperatorTokenFile.read(home));
    }

    /** With that token. */
    public static Api with(String url, String token) {
        return new Api(url, Optional.of(token));
    }

    /** Without a token, as one asks for the health. */
    public static Api anonymous(String url) {
        return new Api(url, Optional.empty());
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
        var request = request("/api/commands/" + name)
                .header("Muster-Actor", actor)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer get(String path) {
        return send(request(path).build());
    }

    /** @param body JSON's own types */
    public Answer post(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    }

    public Answer ping() {
        return send(
                request("/api/ping").POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private Answer send(HttpRequest request) {
        try {
            var response = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
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
