package dev.muster.world;

import dev.muster.HttpApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Commands at random over HTTP, of agents, tasks and missions; many are refused, as they should be. */
final class RandomLife {

    private final HttpApi api;
    private final Random random;
    private final Map<String, Long> tokens = new HashMap<>();
    private int accepted;

    RandomLife(HttpApi api, long seed) {
        this.api = api;
        this.random = new Random(seed);
    }

    /** Sends commands until so many more were accepted. */
    void go(int wanted) {
        for (var until = accepted + wanted; accepted < until; ) {
            step();
        }
    }

    private void step() {
        var agent = "a" + random.nextInt(4);
        var task = "t" + random.nextInt(12);
        switch (random.nextInt(18)) {
            case 0 -> send("register-agent", "operator:o", registration(agent));
            case 1, 2, 3 -> send("submit-task", "operator:o", submission(task));
            case 4, 5 -> hold(send("claim-task", agent, Map.of("taskId", task)));
            case 6 -> hold(send("claim-next-task", agent, Map.of()));
            case 7, 8 -> send("complete-task", agent, held(task));
            case 9 -> send("fail-task", agent, with(held(task), "error", "no luck"));
            case 10 -> send("report-progress", agent, with(held(task), "percent", random.nextInt(101)));
            case 11 -> send("release-task", agent, held(task));
            case 12 -> send("add-blocker", "operator:o", Map.of("taskId", task, "blockerId", "t" + random.nextInt(12)));
            case 13 -> send("reopen-task", "operator:o", Map.of("taskId", task, "reason", "once more"));
            case 14 -> send("cancel-task", "operator:o", Map.of("taskId", task));
            case 15 -> send("label-task", agent, Map.of("taskId", task, "add", List.of("l" + random.nextInt(3))));
            case 16 -> send("plan-mission", "operator:o", plan("m" + random.nextInt(3)));
            default -> send("start-mission", "operator:o", Map.of("missionId", "m" + random.nextInt(3)));
        }
    }

    private Map<String, Object> registration(String agent) {
        return random.nextBoolean()
                ? Map.of("agentId", agent, "capabilities", List.of("java", "sql"), "maxConcurrentTasks", 2)
                : Map.of("agentId", agent);
    }

    private Map<String, Object> submission(String task) {
        var fields = new HashMap<String, Object>(Map.of("taskId", task, "title", "Task " + task));
        fields.put("priority", random.nextInt(3));
        if (random.nextInt(3) == 0) {
            fields.put("capabilities", List.of("java"));
        }
        if (random.nextInt(4) == 0) {
            fields.put("blockers", List.of(Map.of("taskId", "t" + random.nextInt(12))));
        }
        return fields;
    }

    private Map<String, Object> plan(String mission) {
        return Map.of(
                "missionId",
                mission,
                "title",
                "Mission " + mission,
                "steps",
                List.of(
                        Map.of("stepId", "a", "title", "First", "compensation", Map.of("title", "Undo the first")),
                        Map.of("stepId", "b", "title", "Second", "dependsOn", List.of("a"))));
    }

    private Map<String, Object> held(String task) {
        var known = new ArrayList<>(tokens.keySet());
        var chosen = known.isEmpty() || random.nextInt(4) == 0 ? task : known.get(random.nextInt(known.size()));
        return Map.of("taskId", chosen, "fencingToken", tokens.getOrDefault(chosen, 1L));
    }

    private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
        var more = new HashMap<>(fields);
        more.put(name, value);
        return more;
    }

    private HttpApi.Answer send(String command, String actor, Map<String, ?> fields) {
        var answer = api.command(command, actor, fields);
        if (answer.status() >= 500 || answer.status() == 400) {
            throw new AssertionError(command + " " + fields + " was answered with " + answer.body());
        }
        if (answer.status() == 200) {
            accepted++;
        }
        return answer;
    }

    private void hold(HttpApi.Answer answer) {
        var assignment = answer.body().path("result");
        if (assignment.has("fencingToken")) {
            tokens.put(
                    assignment.get("taskId").asString(),
                    assignment.get("fencingToken").asLong());
        }
    }
}
