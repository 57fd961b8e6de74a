package com.example.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that knows the inventory, whichever way it was started, and a client of it as anybody could write it. */
abstract class Server implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path home;

    /** @param home where the operator's token is, once the server has started */
    Server(Path home) {
        this.home = home;
    }

    /** What came back. */
    record Answer(int status, JsonNode body) {

        String problem() {
            return body.path("type").asString("").replace("urn:muster:problem:", "");
        }

        String seen() {
            return body.path("seen").asString();
        }
    }

    abstract String url();

    /** It ends; its folder stays. */
    @Override
    public abstract void close();

    Answer command(String name, Map<String, ?> fields, String... headers) {
        return post("/api/commands/" + name, fields, headers);
    }

    Answer post(String path, Map<String, ?> fields, String... headers) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(fields)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer get(String path) {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url() + path));
        var token = home.resolve("operator-token");
        try {
            return Files.exists(token)
                    ? request.header("Authorization", "Bearer " + Files.readString(token).strip())
                    : request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks again until the answer is as it should be; fails with the last one. */
    JsonNode await(String path, Predicate<JsonNode> wanted) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var answer = ask(path);
            if (answer != null && answer.status() == 200 && wanted.test(answer.body())) {
                return answer.body();
            }
            if (System.nanoTime() > until) {
                throw new AssertionError(path + " did not become as wanted, but is " + answer);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private Answer ask(String path) {
        try {
            return get(path);
        } catch (UncheckedIOException e) {
            // Nobody listens yet.
            return null;
        }
    }
}
