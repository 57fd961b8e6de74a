package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.message.JsonMappers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The states of entities as their aggregates keep them. */
class StatesTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.supervision=false");
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada", "maxConcurrentTasks", 2));
        api.command("submit-task", "anonymous", Map.of("taskId", "t", "title", "T", "labels", List.of("x")));
        api.command("claim-task", "ada", Map.of("taskId", "t"));
        api.command(
                "plan-mission",
                "anonymous",
                Map.of("missionId", "m", "title", "M", "steps", List.of(Map.of("stepId", "a", "title", "A"))));
        api.command("start-mission", "anonymous", Map.of("missionId", "m"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void now_they_are_what_the_repositories_load() throws ClassNotFoundException {
        assertThat(state("task/t")).isEqualTo(loaded("dev.muster.task.Task", "task/t"));
        assertThat(state("agent/ada")).isEqualTo(loaded("dev.muster.agent.Agent", "agent/ada"));
        assertThat(state("mission/m")).isEqualTo(loaded("dev.muster.mission.Mission", "mission/m"));
    }

    private static JsonNode state(String entity) {
        return api.get("/api/queries/get-state?entity=" + entity).body().get("state");
    }

    private static JsonNode loaded(String type, String entity) throws ClassNotFoundException {
        var unitOfWork = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("reading"));
        try {
            var json = server.bean(Configuration.class)
                    .repository(Class.forName(type))
                    .load(entity)
                    .invoke(JsonMappers.state(JsonMapper.builder()).build()::writeValueAsString);
            return HttpApi.JSON.readTree(json);
        } finally {
            unitOfWork.rollback();
        }
    }

    @Test
    void what_a_command_changed_is_a_patch_of_the_states_around_it() {
        var change = api.get("/api/queries/compare-states?entity=task/t&from=version:0&to=version:1")
                .body();
        assertThat(change.get("fromVersion").asLong()).isZero();
        assertThat(change.get("toVersion").asLong()).isEqualTo(1);
        assertThat(change.get("patch").toString())
                .contains("{\"op\":\"replace\",\"path\":\"/state\",\"value\":\"assigned\"}")
                .doesNotContain("labels");
    }

    @Test
    void what_is_asked_wrongly_is_told() {
        assertThat(problem("entity=task/t&at=soon")).isEqualTo("400 invalid-field");
        assertThat(problem("entity=t")).isEqualTo("400 invalid-field");
        assertThat(problem("entity=task/none")).isEqualTo("404 entity-not-found");
        assertThat(problem("entity=task/t&at=version:9")).isEqualTo("404 version-not-found");
        assertThat(problem("entity=task/t&at=position:999")).isEqualTo("422 position-not-reached");
    }

    private static String problem(String question) {
        var answer = api.get("/api/queries/get-state?" + question);
        return answer.status() + " " + answer.problem();
    }
}
