package dev.muster.a2a;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import java.util.LinkedHashMap;
import java.util.Map;

/** An agent of the fleet that works a task over HTTP. */
final class Worker {

    private final HttpApi api;
    private final String agent;
    private final String task;
    private long token;

    Worker(HttpApi api, String agent, String task) {
        this.api = api;
        this.agent = agent;
        this.task = task;
    }

    Worker claim() {
        token = command("claim-task", Map.of())
                .body()
                .at("/result/fencingToken")
                .asLong();
        return this;
    }

    Worker assign() {
        token = send("assign-task", "anonymous", Map.of("taskId", task, "agentId", agent))
                .body()
                .at("/result/fencingToken")
                .asLong();
        return this;
    }

    /** A command of the holder. */
    Worker holds(String command, Map<String, ?> fields) {
        var all = new LinkedHashMap<String, Object>(fields);
        all.put("fencingToken", token);
        command(command, all);
        return this;
    }

    Worker complete(Object result) {
        return holds("complete-task", Map.of("result", result));
    }

    HttpApi.Answer command(String command, Map<String, ?> fields) {
        var all = new LinkedHashMap<String, Object>(fields);
        all.put("taskId", task);
        return send(command, agent, all);
    }

    HttpApi.Answer operator(String command, Map<String, ?> fields) {
        var all = new LinkedHashMap<String, Object>(fields);
        all.put("taskId", task);
        return send(command, "anonymous", all);
    }

    private HttpApi.Answer send(String command, String actor, Map<String, ?> fields) {
        var answer = api.command(command, actor, fields);
        assertThat(answer.status()).as(command + ": " + answer.body()).isEqualTo(200);
        return answer;
    }
}
