package dev.muster.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a command was answered.
 *
 * @param id of what it was done to; none if the command has no target and found nothing
 * @param version of that after the command; -1 without an id
 * @param seen given to a query as {@code after}, it waits until the views have what was done
 * @param result what the command says it answers; JSON's null if nothing
 * @param at when it was answered, by the server's clock, to the second
 */
public record Answer(
        @Nullable String id, long version, @Nullable String seen, JsonNode result, Instant at) {

    static Answer of(Connection.Response response) {
        var body = response.body();
        return new Answer(
                body.path("id").asStringOpt().orElse(null),
                body.path("version").asLong(-1),
                body.path("seen").asStringOpt().orElse(null),
                body.path("result"),
                response.at());
    }
}
