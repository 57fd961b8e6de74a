package dev.muster.cli.demo;

import dev.muster.cli.shared.Api;
import dev.muster.cli.shared.Api.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The requests of a run, one at a time: each command with an idempotency key, told as it is answered, and remembered. */
final class Session {

    private static final String OPERATOR = "operator:kim";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final String url;
    private final Api operator;
    private final Map<String, Api> agents = new HashMap<>();
    private final Narrator narrator;
    private final String keys;
    private final List<Act> acts = new ArrayList<>();
    private int sent;
    private int heartbeats;
    private String seen = "";

    /** @param home of the server, where the operator's token is */
    Session(String url, Path home, Narrator narrator, long seed) {
        this.url = url;
        this.operator = Api.of(url, home);
        this.narrator = narrator;
        this.keys = "demo-" + seed + "-";
    }

    /** The story went another way than it must. */
    static final class Derailed extends RuntimeException {
        Derailed(String what) {
            super(what);
        }
    }

    List<Act> acts() {
        return List.copyOf(acts);
    }

    /** Sends a command that must succeed, and remembers it with that outcome. */
    JsonNode accepted(String actor, String command, Map<String, ?> fields, String outcome) {
        var answer = send(command, actor, fields);
        if (!answer.isOk()) {
            throw new Derailed(actor + " was refused " + command + ": " + answer.body());
        }
        remember(new Act(actor, command, outcome), false);
        return answer.body().path("result");
    }

    /** Sends a command that must be refused, and answers the code of the refusal. */
    String refused(String actor, String command, Map<String, ?> fields) {
        var answer = send(command, actor, fields);
        if (answer.isOk()) {
            throw new Derailed(actor + " should have been refused " + command + " of " + fields);
        }
        remember(new Act(actor, command, fields.get("taskId") + ", " + answer.problem()), true);
        return answer.problem();
    }

    /** Asks for the next task, which is known to be ready; what that makes of it is the caller's to remember. */
    JsonNode claim(String actor, String mission) {
        // Views may know of it a moment before those who hand out tasks do.
        var answer = send("claim-next-task?wait=PT10S", actor, Map.of("missionId", mission));
        var assignment = answer.body().path("result");
        if (!answer.isOk() || assignment.isNull()) {
            throw new Derailed(actor + " asked for a task of " + mission + " and got " + answer.body());
        }
        return assignment;
    }

    /** Is no part of the story, since there are the more of them the slower the machine is. */
    Answer heartbeat(String actor, Map<String, ?> fields) {
        return as(actor).command("extend-lease", actor, fields, "Idempotency-Key", keys + "heartbeat-" + ++heartbeats);
    }

    private Answer send(String command, String actor, Map<String, ?> fields) {
        var answer = as(actor).command(command, actor, fields, "Idempotency-Key", keys + ++sent);
        if (answer.isOk()) {
            seen = answer.body().path("seen").asString(seen);
        }
        return answer;
    }

    /** Each agent has a token of its own, which the operator has made for it; who is none acts through the operator's. */
    private Api as(String actor) {
        return actor.contains(":") ? operator : agents.computeIfAbsent(actor, this::withToken);
    }

    private Api withToken(String agent) {
        var wanted = Map.of("tokenId", agent, "role", "agent", "agentId", agent);
        var answer = operator.command("issue-token", OPERATOR, wanted);
        if (!answer.isOk()) {
            throw new Derailed("No token could be made for " + agent + ": " + answer.body());
        }
        return Api.with(url, answer.body().path("result").path("token").asString());
    }

    void remember(Act act, boolean refused) {
        acts.add(act);
        narrator.act(act, refused);
    }

    JsonNode get(String path) {
        var answer = operator.get(path);
        if (!answer.isOk()) {
            throw new Derailed(path + " answered " + answer.body());
        }
        return answer.body();
    }

    /** Asks until the answer is as wanted: what supervision and the sagas do comes about after the command's answer. */
    JsonNode await(String path, Predicate<JsonNode> wanted, Duration patience, Runnable meanwhile) {
        var until = System.nanoTime() + patience.toNanos();
        while (true) {
            var answer = operator.get(path + (path.contains("?") ? "&" : "?") + "after=" + seen);
            if (answer.isOk() && wanted.test(answer.body())) {
                return answer.body();
            }
            if (System.nanoTime() > until) {
                throw new Derailed(path + " did not become as expected, but answers " + answer.body());
            }
            meanwhile.run();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
