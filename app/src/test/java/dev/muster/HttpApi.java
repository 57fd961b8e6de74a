package dev.muster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
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

    public HttpApi(String url) {
        this.url = url;
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

    public Answer post(String path, String actor, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Muster-Actor", actor)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(60))
                .build());
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

    /** All events of the log, page by page. */
    public List<JsonNode> events(String parameters) {
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

    /** A stream of server-sent events, read line by line; to be closed. */
    public Stream<String> stream(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "text/event-stream");
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
