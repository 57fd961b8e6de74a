package dev.muster.cli.demo;

import dev.muster.access.OperatorTokenFile;
import dev.muster.client.MusterClient;
import dev.muster.client.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The requests of a run, one at a time: each command with an idempotency key, told as it is answered, and remembered. */
final class Session {

    private static final String OPERATOR = "operator:kim";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final String url;
    private final MusterClient operator;
    private final Map<String, MusterClient> clients = new HashMap<>();
    private final Narrator narrator;
    private final String keys;
    private final List<Act> acts = new ArrayList<>();
    private int sent;
    private int heartbeats;
    private String seen = "";

    /** @param home of the server, where the operator's token is */
    Session(String url, Path home, Narrator narrator, long seed) {
        this.url = url;
        this.operator = client(OperatorTokenFile.read(home)
                .orElseThrow(() -> new Derailed("There is no token in " + OperatorTokenFile.in(home))));
        this.narrator = narrator;
        this.keys = "demo-" + seed + "-";
    }

    private MusterClient client(String token) {
        return MusterClient.at(url).token(token).build();
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
        try {
            var result = send(command, actor, fields);
            remember(new Act(actor, command, outcome), false);
            return result;
        } catch (RefusedException e) {
            throw new Derailed(actor + " was refused " + command + ": " + e.problem());
        }
    }

    /** Sends a command that must be refused, and answers the code of the refusal. */
    String refused(String actor, String command, Map<String, ?> fields) {
        try {
            send(command, actor, fields);
        } catch (RefusedException e) {
            remember(new Act(actor, command, fields.get("taskId") + ", " + e.code()), true);
            return e.code();
        }
        throw new Derailed(actor + " should have been refused " + command + " of " + fields);
    }

    /** Asks for the next task, which is known to be ready; what that makes of it is the caller's to remember. */
    JsonNode claim(String actor, String mission) {
        // Views may know of it a moment before those who hand out tasks do.
        var assignment = send("claim-next-task?wait=PT10S", actor, Map.of("missionId", mission));
        if (assignment.isNull()) {
            throw new Derailed(actor + " asked for a task of " + mission + " and got none");
        }
        return assignment;
    }

    /**
     * Is no part of the story, since there are the more of them the slower the machine is.
     *
     * @return nothing if it is refused: the task is gone, and the next move will be told so
     */
    Optional<JsonNode> heartbeat(String actor, Map<String, ?> fields) {
        try {
            var key = keys + "heartbeat-" + ++heartbeats;
            return Optional.of(as(actor).command("extend-lease", fields, key).result());
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private JsonNode send(String command, String actor, Map<String, ?> fields) {
        var answer = as(actor).command(command, fields, keys + ++sent);
        seen = answer.seen() == null ? seen : answer.seen();
        return answer.result();
    }

    /** Each agent has a token of its own, which the operator has made for it; who is none acts through the operator's. */
    private MusterClient as(String actor) {
        return clients.computeIfAbsent(
                actor, name -> name.contains(":") ? operator.onBehalfOf(name) : client(tokenOf(name)));
    }

    private String tokenOf(String agent) {
        var issued = operator.onBehalfOf(OPERATOR)
                .command("issue-token", Map.of("tokenId", agent, "role", "agent", "agentId", agent));
        return issued.result().path("token").asString();
    }

    void remember(Act act, boolean refused) {
        acts.add(act);
        narrator.act(act, refused);
    }

    JsonNode get(String path) {
        try {
            return operator.get(path, Map.of());
        } catch (RefusedException e) {
            throw new Derailed(path + " answered " + e.problem());
        }
    }

    /** Asks until the answer is as wanted: what supervision and the sagas do comes about after the command's answer. */
    JsonNode await(String path, Predicate<JsonNode> wanted, Duration patience, Runnable meanwhile) {
        var until = System.nanoTime() + patience.toNanos();
        while (true) {
            var answer = ask(path + (path.contains("?") ? "&" : "?") + "after=" + seen);
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > until) {
                throw new Derailed(path + " did not become as expected, but answers " + answer);
            }
            meanwhile.run();
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** The answer, or why there is none yet. */
    private JsonNode ask(String path) {
        try {
            return operator.get(path, Map.of());
        } catch (RefusedException e) {
            return e.problem();
        }
    }
}
