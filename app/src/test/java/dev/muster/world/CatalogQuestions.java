package dev.muster.world;

import dev.muster.agent.AgentState;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageCatalog;
import dev.muster.message.PageType;
import dev.muster.message.QueryEntry;
import dev.muster.mission.MissionState;
import dev.muster.task.TaskState;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;

/** Every query of the catalog, each asked with several arguments: of what is in a log, and a little more. */
final class CatalogQuestions {

    private final MessageCatalog catalog;
    private final List<? extends DomainEventMessage<?>> events;
    private final Map<String, List<String>> entities = new TreeMap<>();
    private final Instant latest;
    private final Random random;

    /** A query by its name, and its fields as an edge would be given them. */
    record Question(QueryEntry query, Map<String, Object> fields) {

        Question with(String field, Object value) {
            var all = new TreeMap<>(fields);
            all.put(field, value);
            return new Question(query, all);
        }

        Object payload() {
            return JsonMappers.edges().convertValue(fields, query.payload());
        }

        ResponseType<?> type() {
            return query.result() instanceof ParameterizedType page
                    ? PageType.of((Class<?>) page.getActualTypeArguments()[0])
                    : ResponseTypes.instanceOf((Class<?>) query.result());
        }

        @Override
        public String toString() {
            return query.kebab() + " " + fields;
        }
    }

    /** @param latest the latest time of an event */
    CatalogQuestions(
            MessageCatalog catalog, List<? extends DomainEventMessage<?>> events, Instant latest, Random random) {
        this.catalog = catalog;
        this.events = events;
        this.latest = latest;
        this.random = random;
        events.stream()
                .map(DomainEventMessage::getAggregateIdentifier)
                .distinct()
                .forEach(entity -> {
                    var parts = entity.split("/", 2);
                    entities.computeIfAbsent(parts[0], type -> new ArrayList<>())
                            .add(parts[1]);
                });
    }

    List<Question> all() {
        return catalog.queries().stream()
                .flatMap(query -> fields(query.kebab()).map(fields -> new Question(query, fields)))
                .toList();
    }

    private Stream<Map<String, Object>> fields(String query) {
        return switch (query) {
            case "get-task" -> some(6, () -> Map.of("taskId", any("task")));
            case "get-agent" -> some(3, () -> Map.of("agentId", any("agent")));
            case "get-mission" -> some(3, () -> Map.of("missionId", any("mission")));
            case "find-tasks" -> some(8, () -> filter(true));
            case "count-tasks" -> some(6, () -> filter(false));
            case "find-agents" ->
                Stream.concat(
                        some(2, () -> Map.of("limit", limit(), "capability", "java")),
                        some(2, () -> Map.of("limit", limit(), "state", one(AgentState.values()))));
            case "find-missions" -> some(2, () -> Map.of("limit", limit(), "state", one(MissionState.values())));
            case "find-tokens" -> some(1, () -> Map.of("limit", limit(), "revoked", random.nextBoolean()));
            case "get-subscription" -> some(2, () -> Map.of("subscriptionId", any("subscription")));
            case "find-subscriptions" -> some(2, () -> Map.of("limit", limit(), "parked", random.nextBoolean()));
            case "get-history" -> some(4, () -> Map.of("limit", limit(), "entity", anyEntity()));
            case "find-causes", "find-effects" -> some(3, () -> Map.of("limit", limit(), "event", anyEvent()));
            case "get-event-changes" -> some(1, () -> Map.of("event", anyEvent()));
            case "get-state" -> some(3, () -> Map.of("entity", anyEntity()));
            case "compare-states" -> some(3, () -> Map.of("entity", anyEntity(), "from", "version:0"));
            case "what-if" -> some(1, Map::of);
            case "get-digest", "find-blocker-cycles" -> some(1, Map::of);
            case "find-due-tasks" -> some(4, this::due);
            default -> throw new AssertionError("Nobody says here with which arguments " + query + " is to be asked");
        };
    }

    private static Stream<Map<String, Object>> some(int many, Supplier<Map<String, Object>> fields) {
        return IntStream.range(0, many).mapToObj(i -> fields.get());
    }

    private Map<String, Object> filter(boolean page) {
        var fields = new TreeMap<String, Object>();
        if (page) {
            fields.put("limit", limit());
            if (random.nextInt(3) == 0) {
                fields.put("state", one(TaskState.values()));
            }
        }
        switch (random.nextInt(7)) {
            case 0 -> fields.put("ready", random.nextBoolean());
            case 1 -> fields.put("stalled", random.nextBoolean());
            case 2 -> fields.put("agentId", any("agent"));
            case 3 -> fields.put("label", "l1");
            case 4 -> fields.put("missionId", any("mission"));
            case 5 -> fields.put("capability", "java");
            default -> {}
        }
        return fields;
    }

    private Map<String, Object> due() {
        var now = latest.plus(one(Duration.ZERO, Duration.ofSeconds(2), Duration.ofDays(2)));
        return Map.of("now", now.toString(), "limit", limit());
    }

    private int limit() {
        return one(3, 20, 100, 500);
    }

    private String any(String type) {
        var known = entities.getOrDefault(type, List.of());
        return known.isEmpty() || random.nextInt(20) == 0 ? "nobody" : known.get(random.nextInt(known.size()));
    }

    private String anyEntity() {
        var type = one(entities.keySet().toArray(String[]::new));
        return type + "/" + any(type);
    }

    private String anyEvent() {
        var event = events.get(random.nextInt(events.size()));
        return random.nextBoolean()
                ? event.getIdentifier()
                : event.getAggregateIdentifier() + "@" + event.getSequenceNumber();
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
