package dev.muster.http;

import dev.muster.history.HistoryEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events of the log as CloudEvents 1.0 in structured JSON. Positions are integers; sequence is a text, as its extension says. */
final class CloudEvents {

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
        cloud.put("actor", event.actor());
        put(cloud, "commandname", event.commandName());
        put(cloud, "commandid", event.commandId());
        put(cloud, "correlationid", event.correlationId());
        put(cloud, "causationid", event.causationId());
        put(cloud, "reason", event.reason());
        put(cloud, "inferred", event.inferred() ? true : null);
        cloud.put("data", event.data());
        return cloud;
    }

    private static void put(Map<String, Object> cloud, String name, @Nullable Object value) {
        if (value != null) {
            cloud.put(name, value);
        }
    }
}
