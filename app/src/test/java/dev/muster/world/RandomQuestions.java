package dev.muster.world;

import dev.muster.HttpApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Questions at random, about what is in a log and a little more. */
final class RandomQuestions {

    private final Random random;
    private final Map<String, List<String>> entities = new HashMap<>();

    RandomQuestions(HttpApi api, long seed) {
        this(api.events(""), seed);
    }

    RandomQuestions(List<JsonNode> events, long seed) {
        random = new Random(seed);
        var found = new TreeSet<String>();
        events.forEach(event -> found.add(event.get("subject").asString()));
        for (var entity : found) {
            var parts = entity.split("/", 2);
            entities.computeIfAbsent(parts[0], type -> new ArrayList<>()).add(parts[1]);
        }
    }

    /** A path with parameters; each kind of query comes up. */
    String next() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> "get-task?taskId=" + any("task");
            case 3 -> "get-agent?agentId=" + any("agent");
            case 4 -> "get-mission?missionId=" + any("mission");
            case 5 -> "get-history?limit=" + (1 + random.nextInt(20)) + "&entity=" + anyEntity();
            case 6, 7 -> "find-tasks?limit=" + (1 + random.nextInt(60)) + taskFilter();
            case 8 -> "find-tasks?limit=500" + taskFilter();
            case 9 -> "count-tasks?" + taskFilter().replaceFirst("&", "");
            case 10 -> "find-agents?limit=" + (1 + random.nextInt(30));
            default -> "find-missions?limit=" + (1 + random.nextInt(30));
        };
    }

    private String taskFilter() {
        return switch (random.nextInt(7)) {
            case 0 -> "&ready=true";
            case 1 -> "&stalled=true";
            case 2 -> "&agentId=" + any("agent");
            case 3 -> "&label=l1";
            case 4 -> "&missionId=" + any("mission");
            case 5 -> "&capability=java";
            default -> "";
        };
    }

    private String anyEntity() {
        var types = new ArrayList<>(new TreeSet<>(entities.keySet()));
        var type = types.get(random.nextInt(types.size()));
        return type + "/" + any(type);
    }

    private String any(String type) {
        var known = entities.getOrDefault(type, List.of());
        return known.isEmpty() || random.nextInt(20) == 0 ? "nobody" : known.get(random.nextInt(known.size()));
    }
}
