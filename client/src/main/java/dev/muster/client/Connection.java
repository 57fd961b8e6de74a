package dev.muster.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests, sent again where that is safe: queries always, commands because each has a key. Thread-safe. */
final class Connection {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Longer than the server lets anybody wait, so that a request without an answer by then has lost its server. */
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final HttpClient http;
    private final URI url;
    private final @Nullable String token;
    private final @Nullable String actor;
    private final Duration patience;

    Connection(URI url, @Nullable String token, @Nullable String actor, Duration patience) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                url,
                token,
                actor,
                patience);
    }

    private Connection(HttpClient http, URI url, @Nullable String token, @Nullable String actor, Duration patience) {
        this.http = http;
        this.url = url;
        this.token = token;
        this.actor = actor;
        this.patience = patience;
    }

    /** What was answered, and when by the server's clock. */
    record Response(JsonNode body, Instant at) {}

    Connection onBehalfOf(String other) {
        return new Connection(http, url, token, other, patience);
    }

    Response post(String path, Object fields, Map<String, String> headers) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(fields)));
        headers.forEach(request::header);
        return send(request.build());
    }

    JsonNode get(String path) {
        return send(request(path).build()).body();
    }

    /**
     * Opens a stream of events; once, and without waiting for its end.
     *
     * @throws RefusedException if it is refused
     * @throws IOException if the server can't be reached, or asks to wait
     */
    InputStream stream(String path, @Nullable String lastEventId) throws IOException, InterruptedException {
        var request = request(path).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var response = http.send(request.build(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (var body = response.body()) {
            if (LATER.contains(response.statusCode())) {
                throw new IOException("Muster answered " + response.statusCode());
            }
            throw new RefusedException(response.statusCode(), json(body.readAllBytes()));
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (actor != null) {
            request.header("Muster-Actor", actor);
        }
        return request;
    }

    private Response send(HttpRequest request) {
        var until = System.nanoTime() + patience.toNanos();
        var pause = FIRST_PAUSE;
        try {
            while (true) {
                var attempt = attempt(request);
                if (attempt.response() != null) {
                    return attempt.response();
                }
                var wait = attempt.askedFor().orElse(pause);
                if (System.nanoTime() + wait.toNanos() > until) {
                    throw Objects.requireNonNull(attempt.failure());
                }
                pause(wait);
                pause = longer(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("Interrupted while waiting for an answer of " + url, e);
        }
    }

    /**
     * One of the requests that are made for an answer.
     *
     * @param failure what is thrown if there is no time for another one
     * @param askedFor how long the server wants to be left alone
     */
    private record Attempt(
            @Nullable Response response, @Nullable RuntimeException failure, Optional<Duration> askedFor) {}

    /** @throws RefusedException if another attempt would not help */
    private Attempt attempt(HttpRequest request) throws InterruptedException {
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            var body = json(response.body());
            if (response.statusCode() < 300) {
                return new Attempt(new Response(body, time(response)), null, Optional.empty());
            }
            var refusal = new RefusedException(response.statusCode(), body);
            if (!LATER.contains(response.statusCode())) {
                throw refusal;
            }
            return new Attempt(null, refusal, askedFor(response));
        } catch (IOException e) {
            var failure = new UnreachableException("Muster at " + url + " can't be reached: " + e, e);
            return new Attempt(null, failure, Optional.empty());
        }
    }

    /** Twice as long each time, up to a bound. */
    static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** Somewhere between half of it and all of it, so that clients that were cut off together don't come back together. */
    static void pause(Duration about) throws InterruptedException {
        var most = Math.max(2, about.toMillis());
        // Who sent the request waits for its answer anyway.
        Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    /** What {@code Retry-After} says, in seconds; doubled, since of a pause half may be left out. */
    private static Optional<Duration> askedFor(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(2 * Long.parseLong(text)))
                .filter(asked -> !asked.isZero());
    }

    private static Instant time(HttpResponse<?> response) {
        try {
            return response.headers()
                    .firstValue("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElseGet(Instant::now);
        } catch (DateTimeException e) {
            return Instant.now();
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
        } catch (JacksonException e) {
            return JSON.nullNode();
        }
    }
}
