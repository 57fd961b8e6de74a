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
    private final String names;
    private final List<Held> held = new ArrayList<>();
    private int accepted;

    private record Held(String task, String agent, long token) {}

    RandomLife(HttpApi api) {
        this(api, "");
    }

    /** @param names what the names of its entities begin with, so that several have nothing to do with each other */
    RandomLife(HttpApi api, String names) {
        this.api = api;
        this.names = names;
    }

    /** Sends commands until so many more were accepted. */
    void go(int wanted, long seed) {
        var random = new Random(seed);
        for (var until = accepted + wanted; accepted < until; ) {
            step(Move.next(random));
        }
    }

    /** Sends the command of that move. */
    void step(Move move) {
        var agent = names + "a" + move.agent();
        var task = names + "t" + move.task();
        var other = names + "t" + move.other();
        var mission = names + "m" + move.choice() % 3;
        switch (move.kind()) {
            case REGISTER -> send("register-agent", "operator:o", registration(agent, move.choice()));
            case SUBMIT -> send("submit-task", "operator:o", submission(task, other, move.choice()));
            case CLAIM -> hold(agent, send("claim-task", agent, Map.of("taskId", task)));
            case CLAIM_NEXT -> hold(agent, send("claim-next-task", agent, Map.of()));
            case COMPLETE -> sendHeld("complete-task", move, Map.of());
            case FAIL -> sendHeld("fail-task", move, Map.of("error", "no luck"));
            case PROGRESS -> sendHeld("report-progress", move, Map.of("percent", move.choice()));
            case RELEASE -> sendHeld("release-task", move, Map.of());
            case BLOCK -> send("add-blocker", "operator:o", Map.of("taskId", task, "blockerId", other));
            case REOPEN -> send("reopen-task", "operator:o", Map.of("taskId", task, "reason", "once more"));
            case CANCEL -> send("cancel-task", "operator:o", Map.of("taskId", task));
            case LABEL -> send("label-task", agent, Map.of("taskId", task, "add", List.of("l" + move.choice() % 3)));
            case RETIRE -> retire(agent, move.choice());
            case PLAN -> send("plan-mission", "operator:o", plan(mission));
            case START -> send("start-mission", "operator:o", Map.of("missionId", mission));
        }
    }

    private static Map<String, Object> registration(String agent, int choice) {
        return choice % 2 == 0
                ? Map.of("agentId", agent, "capabilities", List.of("java", "sql"), "maxConcurrentTasks", 2)
                : Map.of("agentId", agent);
    }

    private static Map<String, Object> submission(String task, String blocker, int choice) {
        var fields = new HashMap<String, Object>(Map.of("taskId", task, "title", "Task " + task));
        fields.put("priority", choice % 3);
        fields.put("retry", Map.of("backoff", "PT0.01S"));
        if (choice % 5 == 0) {
            fields.put("capabilities", List.of("java"));
        }
        if (choice % 4 == 0) {
            fields.put("blockers", List.of(Map.of("taskId", blocker)));
        }
        return fields;
    }

    private static Map<String, Object> plan(String mission) {
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

    /** Seldom, since there are few agents and none comes back. */
    private void retire(String agent, int choice) {
        if (choice % 6 == 0) {
            send("retire-agent", "operator:o", Map.of("agentId", agent));
        }
    }

    /** Mostly of a task by who holds or has held it, sometimes of any by anybody. */
    private void sendHeld(String command, Move move, Map<String, Object> more) {
        var one = held.isEmpty() || move.choice() % 5 == 0
                ? new Held(names + "t" + move.task(), names + "a" + move.agent(), 1)
                : held.get(move.choice() % held.size());
        var fields = new HashMap<>(more);
        fields.put("taskId", one.task());
        fields.put("fencingToken", one.token());
        send(command, one.agent(), fields);
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

    private void hold(String agent, HttpApi.Answer answer) {
        var assignment = answer.body().path("result");
        if (assignment.has("fencingToken")) {
            var task = assignment.get("taskId").asString();
            held.removeIf(before -> before.task().equals(task));
            held.add(new Held(task, agent, assignment.get("fencingToken").asLong()));
        }
    }
}
