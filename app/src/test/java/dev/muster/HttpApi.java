package dev.muster;

import dev.muster.access.OperatorTokenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as anybody could write it. */
public final class HttpApi {

    public static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;
    private final Supplier<Optional<String>> token;

    private HttpApi(String url, Supplier<Optional<String>> token) {
        this.url = url;
        this.token = token;
    }

    /** With the operator's token of that home, once it is there. */
    public static HttpApi of(String url, Path home) {
        return new HttpApi(url, () -> OperatorTokenFile.read(home));
    }

    /** The same server with another token. */
    public HttpApi with(String another) {
        return new HttpApi(url, () -> Optional.of(another));
    }

    /** The same server without a token. */
    public HttpApi anonymous() {
        return new HttpApi(url, Optional::empty);
    }

    /** The secret of the token that requests bear. */
    public String token() {
        return token.get().orElseThrow();
    }

    public String url() {
        return url;
    }

    public record Answer(int status, String contentType, Map<String, List<String>> headers, JsonNode body) {

        public String problem() {
            return body.path("type").asString("").replace("urn:muster:problem:", "");
        }
    }

    public Answer command(String name, String actor, Map<String, ?> fields, String... headers) {
        return post("/api/commands/" + name, actor, JSON.writeValueAsString(fields), headers);
    }

    /** @param actor on whose behalf; the token's own if it is empty */
    public Answer post(String path, String actor, String body, String... headers) {
        var request = request(path);
        if (!actor.isEmpty()) {
            request.header("Muster-Actor", actor);
        }
        request.header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer get(String path) {
        return send(request(path).timeout(Duration.ofSeconds(60)).build());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path));
        token.get().ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private Answer send(HttpRequest request) {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            var body = response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().map(),
                    body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks again until the answer is as it should be; fails with the last one. */
    public Answer await(String path, Predicate<JsonNode> wanted) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var answer = get(path);
            if (answer.status() == 200 && wanted.test(answer.body())) {
                return answer;
            }
            if (System.nanoTime() > until) {
                throw new AssertionError(path + " did not become as wanted, but is " + answer.body());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** Asks again until the answer is that problem; fails with the last one. */
    public Answer awaitProblem(String path, String problem) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var answer = get(path);
            if (answer.problem().equals(problem)) {
                return answer;
            }
            if (System.nanoTime() > until) {
                throw new AssertionError(path + " did not become " + problem + ", but is " + answer.body());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** All events of the log but those of tokens, of which every home has one; page by page. */
    public List<JsonNode> events(String parameters) {
        return log(parameters).stream().filter(event -> !isOfToken(event)).toList();
    }

    /** All events of the log, page by page. */
    public List<JsonNode> log(String parameters) {
        var events = new ArrayList<JsonNode>();
        for (var after = -1L; ; ) {
            var page = get("/api/events?limit=500&after=" + after + parameters).body();
            page.get("items").forEach(events::add);
            if (!page.has("next")) {
                return events;
            }
            after = page.get("next").asLong();
        }
    }

    private static boolean isOfToken(JsonNode event) {
        return event.get("subject").asString().startsWith("token/");
    }

    /** A stream of server-sent events, read line by line; to be closed. */
    public Stream<String> stream(String path, String... headers) {
        var request = request(path).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofLines())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
