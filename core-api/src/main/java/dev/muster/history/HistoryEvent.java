package dev.muster.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event of the log as a reader sees it.
 *
 * @param position where it stands in the log; the first is 0
 * @param entity whose event it is: {@code task/t-42}
 * @param sequence which event of that entity it is, hence the entity's version after it; the first is 0
 * @param type the stored name: {@code TaskAssigned}
 * @param time when it happened
 * @param recordedAt when it was recorded; another time than {@code time} for what was imported
 * @param causationId what led to the command: an event, or a client's request
 * @param authId by which token, or which subject of an external issuer, the sender was authenticated
 * @param inferred whether an import had to presuppose it
 */
public record HistoryEvent(
        long position,
        String id,
        String entity,
        long sequence,
        String type,
        Instant time,
        @Nullable Instant recordedAt,
        String actor,
        @Nullable String authId,
        @Nullable String commandName,
        @Nullable String commandId,
        @Nullable String causationId,
        @Nullable String correlationId,
        @Nullable String reason,
        boolean inferred,
        JsonNode data) {}
