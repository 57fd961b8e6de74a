package dev.muster.http;

import dev.muster.evolution.EventPart;
import dev.muster.history.HistoryEvent;
import dev.muster.message.Actor;
import dev.muster.message.JsonMappers;
import dev.muster.message.MetaKeys;
import dev.muster.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** Events of the log as CloudEvents 1.0 in structured JSON. Positions and parts are integers; sequence is a text, as its extension says. */
final class CloudEvents {

    private static final JsonMapper JSON =
            JsonMappers.events(JsonMapper.builder()).build();

    private final String source;

    CloudEvents(UUID log) {
        this.source = "urn:uuid:" + log;
    }

    Map<String, Object> of(HistoryEvent event) {
        var cloud = new LinkedHashMap<String, Object>();
        cloud.put("specversion", "1.0");
        cloud.put("id", event.id());
        cloud.put("source", source);
        cloud.put("type", event.type());
        cloud.put("subject", event.entity());
        cloud.put("time", event.time().toString());
        cloud.put("datacontenttype", "application/json");
        put(
                cloud,
                "recordedtime",
                event.recordedAt() == null ? null : event.recordedAt().toString());
        cloud.put("position", event.position());
        cloud.put("sequence", Long.toString(event.sequence()));
        var part = EventPart.parse(event.id()).number();
        put(cloud, "part", part == 1 ? null : part);
        cloud.put("actor", event.actor());
        auth(cloud, event.authId());
        put(cloud, "commandname", event.commandName());
        put(cloud, "commandid", event.commandId());
        put(cloud, "correlationid", event.correlationId());
        put(cloud, "causationid", event.causationId());
        put(cloud, "reason", event.reason());
        put(cloud, "inferred", event.inferred() ? true : null);
        cloud.put("data", event.data());
        return cloud;
    }

    /**
     * An event as it is stored: {@code type}, {@code revision}, {@code data} and {@code metadata} are, byte by byte, what was
     * written.
     */
    Map<String, Object> of(StoredEvent event) {
        var meta = JSON.readTree(event.metaData());
        var cloud = new LinkedHashMap<String, Object>();
        cloud.put("specversion", "1.0");
        cloud.put("id", event.eventId());
        cloud.put("source", source);
        cloud.put("type", event.payloadType());
        put(cloud, "revision", event.revision());
        cloud.put("subject", event.aggregateId());
        cloud.put("time", event.time().toString());
        cloud.put("datacontenttype", "application/json");
        put(cloud, "recordedtime", text(meta, MetaKeys.RECORDED_AT));
        cloud.put("position", event.position());
        cloud.put("sequence", Long.toString(event.sequence()));
        cloud.put("actor", Actor.of(text(meta, MetaKeys.ACTOR)).name());
        auth(cloud, text(meta, MetaKeys.AUTH_ID));
        put(cloud, "correlationid", text(meta, MetaKeys.CORRELATION_ID));
        put(cloud, "causationid", text(meta, MetaKeys.CAUSATION_ID));
        cloud.put("metadata", raw(event.metaData()));
        cloud.put("data", raw(event.payload()));
        return cloud;
    }

    /** As the extension <i>Auth Context</i> has it, which wants the type with the identifier. */
    private static void auth(Map<String, Object> cloud, @Nullable String authId) {
        if (authId != null) {
            cloud.put("authtype", authId.startsWith("jwt:") ? "app_user" : "api_key");
            cloud.put("authid", authId);
        }
    }

    private static @Nullable String text(JsonNode meta, String key) {
        return meta.path(key).isString() ? meta.get(key).stringValue() : null;
    }

    private static RawValue raw(byte[] json) {
        return new RawValue(new String(json, StandardCharsets.UTF_8));
    }

    private static void put(Map<String, Object> cloud, String name, @Nullable Object value) {
        if (value != null) {
            cloud.put(name, value);
        }
    }
}
