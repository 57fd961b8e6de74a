package dev.muster.subscription;

import dev.muster.HttpApi;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** A member of a group, which now and then dies with events in hand; another one takes its place. */
final class GroupMember implements Runnable {

    private static final Set<Integer> NOT_NOW = Set.of(429, 503);
    private static final int DIES_ONE_IN = 40;
    private static final int FAILS_ONE_IN = 100;

    private final String name;
    private final HttpApi api;
    private final GroupRecord record;
    private final BooleanSupplier done;
    private final Random random;
    private int life;

    GroupMember(String name, HttpApi api, GroupRecord record, BooleanSupplier done, long seed) {
        this.name = name;
        this.api = api;
        this.record = record;
        this.done = done;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (!done.getAsBoolean()) {
            try {
                work();
            } catch (UncheckedIOException e) {
                // The server is down, or went down before it answered.
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    private void work() {
        var member = name + "." + life;
        var limit = 1 + random.nextInt(20);
        var fetched = api.get("/api/subscriptions/s/deliveries?wait=PT1S&member=" + member + "&limit=" + limit);
        if (NOT_NOW.contains(fetched.status())) {
            LockSupport.parkNanos(20_000_000);
            return;
        }
        var failed = new HashMap<String, String>();
        var acknowledged = new HashSet<String>();
        for (var each : items(fetched.body())) {
            var id = each.get("id").asString();
            record.given(id, each.get("event"));
            if (random.nextInt(FAILS_ONE_IN) == 0) {
                failed.put(id, "not today");
            } else {
                acknowledged.add(id);
            }
        }
        if (random.nextInt(DIES_ONE_IN) == 0) {
            life++;
            return;
        }
        if (!acknowledged.isEmpty() || !failed.isEmpty()) {
            settle(member, acknowledged, failed);
        }
    }

    private static List<JsonNode> items(JsonNode page) {
        if (!page.has("items")) {
            throw new AssertionError("Deliveries were refused: " + page);
        }
        return page.get("items").valueStream().toList();
    }

    private void settle(String member, Set<String> acknowledged, Map<String, String> failed) {
        acknowledged.forEach(record::says);
        var failures = failed.entrySet().stream()
                .map(each -> Map.of("id", each.getKey(), "error", each.getValue()))
                .toList();
        var answer = api.post(
                "/api/subscriptions/s/acknowledgements",
                "ada",
                HttpApi.JSON.writeValueAsString(
                        Map.of("member", member, "acknowledged", acknowledged, "failed", failures)));
        if (answer.status() == 200) {
            answer.body().get("unknown").forEach(each -> acknowledged.remove(each.asString()));
            record.acknowledged(acknowledged);
        } else if (!NOT_NOW.contains(answer.status())) {
            throw new AssertionError("Acknowledgements were refused: " + answer.body());
        }
    }
}
