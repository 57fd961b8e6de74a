package dev.muster.evolution;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What has changed in answers since <em>First light</em>, written down a second time, independently of the upcasters: in the
 * events of histories and of the log, and nowhere else.
 */
final class SinceFirstLight {

    private SinceFirstLight() {}

    /** The answer that is expected today in place of the one that was recorded. */
    static JsonNode answer(String question, JsonNode recorded) {
        var today = recorded.deepCopy();
        if (question.startsWith("get-history")) {
            var items = ((ObjectNode) today).putArray("items");
            events(recorded.get("items").valueStream().toList()).forEach(items::add);
        }
        return today;
    }

    /** The events, in the form of histories or in that of the log, as they are expected today. */
    static List<JsonNode> events(List<JsonNode> recorded) {
        var today = new ArrayList<JsonNode>();
        for (var event : recorded) {
            var changed = (ObjectNode) event.deepCopy();
            var data = (ObjectNode) changed.get("data");
            today.add(changed);
            switch (event.get("type").asString()) {
                case "TaskCommented" -> data.set("comment", data.remove("text"));
                case "ProgressReported" -> {
                    var percent = data.remove("percent");
                    if (percent != null) {
                        data.put("permille", 10 * percent.asInt());
                    }
                }
                case "AgentRegistered" -> {
                    var limit = data.remove("maxConcurrentTasks");
                    if (limit != null) {
                        today.add(limitChanged(changed, limit));
                    }
                }
                default -> {}
            }
        }
        return today;
    }

    private static ObjectNode limitChanged(ObjectNode registered, JsonNode limit) {
        var part = registered.deepCopy();
        part.put("id", registered.get("id").asString() + "~2").put("type", "AgentLimitChanged");
        if (part.has("specversion")) {
            part.put("part", 2);
        }
        part.putObject("data")
                .set("agentId", registered.get("data").get("agentId"))
                .set("maxConcurrentTasks", limit);
        return part;
    }
}
