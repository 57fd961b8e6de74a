package dev.muster.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Speaks to one Muster, as whom the token belongs to. Each command goes with an idempotency key, so what the network or the server
 * left unanswered is sent again and still happens once. Thread-safe; one is enough for a program.
 */
public final class MusterClient {

    private final Connection connection;

    private MusterClient(Connection connection) {
        this.connection = connection;
    }

    /** @param url where the server is, as in {@code http://127.0.0.1:8080} */
    public static Builder at(String url) {
        return new Builder(URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url));
    }

    /** How to connect. */
    public static final class Builder {

        private final URI url;
        private @Nullable String token;
        private @Nullable String actor;
        private Duration patience = Duration.ofSeconds(30);

        private Builder(URI url) {
            this.url = url;
        }

        /** The access token, which says who this is. */
        public Builder token(String accessToken) {
            token = accessToken;
            return this;
        }

        /** On whose behalf: an agent's identifier, or {@code operator:NAME}. Only operators may. */
        public Builder onBehalfOf(String name) {
            actor = name;
            return this;
        }

        /**
         * How long a request is tried again while the server is not to be reached, is busy or asks to wait; 30 seconds unless
         * told. Zero tries once.
         */
        public Builder patience(Duration atMost) {
            patience = atMost;
            return this;
        }

        public MusterClient build() {
            return new MusterClient(new Connection(url, token, actor, patience));
        }
    }

    /** The same server with the same token, on behalf of somebody else. Only operators may. */
    public MusterClient onBehalfOf(String actor) {
        return new MusterClient(connection.onBehalfOf(actor));
    }

    /** An agent that works through this client. Nothing is sent by that. */
    public Agent agent(String agentId) {
        return new Agent(this, agentId);
    }

    /**
     * Sends a command once, whatever happens to the request.
     *
     * @param name as the catalog has it: {@code submit-task}
     * @param fields the command's, as JSON's own types, records or beans
     * @throws RefusedException if Muster refuses it
     * @throws UnreachableException if it was not answered in time; it may have been done
     */
    public Answer command(String name, Object fields) {
        return command(name, fields, UUID.randomUUID().toString());
    }

    /** The same, with a key of the caller's: sent again with it, the command gets its earlier answer. */
    public Answer command(String name, Object fields, String idempotencyKey) {
        return command(name, fields, Map.of("Idempotency-Key", idempotencyKey));
    }

    /** The same, if the entity is still at that version; refused with 412 otherwise. */
    public Answer commandAt(long version, String name, Object fields) {
        return command(
                name,
                fields,
                Map.of("Idempotency-Key", UUID.randomUUID().toString(), "If-Match", "\"" + version + "\""));
    }

    private Answer command(String name, Object fields, Map<String, String> headers) {
        return Answer.of(connection.post("/api/commands/" + name, fields, headers));
    }

    /**
     * Asks a query.
     *
     * @param name as the catalog has it: {@code find-tasks}
     * @param parameters its fields, and {@code after}, {@code asOf}, {@code position}, {@code wait}; without a value left out
     * @throws RefusedException if Muster refuses it
     */
    public JsonNode query(String name, Map<String, ?> parameters) {
        return get("/api/queries/" + name, parameters);
    }

    /** Any resource that answers JSON. */
    public JsonNode get(String path, Map<String, ?> parameters) {
        return connection.get(path + (parameters.isEmpty() ? "" : "?" + encoded(parameters)));
    }

    /**
     * Follows the log from there on, and goes on where it was after whatever interrupts it.
     *
     * @param filter {@code entity}, {@code type}, {@code actor}, {@code correlation}; none for everything
     * @param after the position of the last event that is known already; -1 for the beginning
     */
    public EventStream follow(Map<String, String> filter, long after) {
        return new EventStream(connection, encoded(filter), after);
    }

    private static String encoded(Map<String, ?> parameters) {
        return parameters.entrySet().stream()
                .filter(each -> each.getValue() != null)
                .map(each -> encoded(each.getKey())
                        + "="
                        + encoded(Objects.requireNonNull(each.getValue()).toString()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
