package dev.muster.a2a;

import static dev.muster.a2a.A2aClient.message;
import static dev.muster.a2a.A2aClient.text;
import static dev.muster.a2a.A2aClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Another agent hands work to the fleet. */
@Timeout(90)
class HandoverTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static A2aClient outsider;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.query.wait-limit=PT10S");
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
        outsider = new A2aClient(api, "outsider");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Worker ada(JsonNode task) {
        return new Worker(api, "ada", task.get("id").asString());
    }

    private static String state(JsonNode task) {
        return task.at("/status/state").asString();
    }

    private static JsonNode view(String task) {
        return api.await("/api/queries/get-task?taskId=" + task, body -> true).body();
    }

    @Test
    void a_message_becomes_a_task_of_who_sent_it() {
        var task = outsider.send(message(
                        "m-task",
                        text("\n  Count the lines \nof every file."),
                        Map.of("data", Map.of("folder", "src")),
                        Map.of("url", "https://example.com/a.txt", "filename", "a.txt")))
                .task();

        assertThat(state(task)).isEqualTo("TASK_STATE_SUBMITTED");
        assertThat(task.at("/status/timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(task.get("contextId")).isEqualTo(task.get("id"));
        assertThat(task.at("/history/0/messageId").asString()).isEqualTo("m-task");
        assertThat(task.at("/history/0/role").asString()).isEqualTo("ROLE_USER");
        assertThat(task.at("/history/0/parts/0/text").asString()).isEqualTo("\n  Count the lines \nof every file.");
        var view = view(task.get("id").asString());
        assertThat(view.get("title").asString()).isEqualTo("Count the lines");
        assertThat(view.get("instruction").asString()).isEqualTo("\n  Count the lines \nof every file.");
        assertThat(view.get("submittedBy").asString()).isEqualTo("outsider");
        assertThat(view.at("/input/0/folder").asString()).isEqualTo("src");
        assertThat(view.at("/input/1/filename").asString()).isEqualTo("a.txt");
        assertThat(view.get("labels")).extracting(JsonNode::asString).contains("a2a");
    }

    @Test
    void a_message_says_what_the_work_needs() {
        var task = outsider.send(with(
                        message("m-work", text("Compile")),
                        "metadata",
                        Map.of(
                                A2aClient.WORK,
                                Map.of("capabilities", List.of("java"), "priority", 0, "labels", List.of("nightly")))))
                .task();

        var view = view(task.get("id").asString());
        assertThat(view.get("capabilities")).extracting(JsonNode::asString).containsExactly("java");
        assertThat(view.get("priority").asInt()).isZero();
        assertThat(view.get("labels")).extracting(JsonNode::asString).contains("a2a", "nightly");
    }

    @Test
    void a_repeated_message_gives_the_same_task_and_another_one_under_its_identifier_is_refused() {
        var first = outsider.send(message("m-again", text("Once"))).task();
        var again = outsider.send(message("m-again", text("Once"))).task();
        var other = outsider.send(message("m-again", text("Twice")));
        var ofAnother = new A2aClient(api, "another")
                .send(message("m-again", text("Once")))
                .task();

        assertThat(again).isEqualTo(first);
        assertThat(other.error()).isEqualTo(-32602);
        assertThat(ofAnother.get("id")).isNotEqualTo(first.get("id"));
    }

    @Test
    void a_message_that_is_sent_many_times_at_once_is_one_task() {
        var sent = IntStream.range(0, 8)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> new A2aClient(api, "outsider")
                        .send(message("m-at-once", text("At once")))
                        .task()
                        .get("id")
                        .asString()))
                .toList();

        var ids = sent.stream().map(CompletableFuture::join).distinct().toList();

        assertThat(ids).hasSize(1);
        assertThat(api.events("&entity=task/" + ids.get(0))).hasSize(1);
    }

    @Test
    void an_answer_waits_for_the_end_unless_it_is_to_come_at_once() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() ->
                new A2aClient(api, "outsider").call("SendMessage", Map.of("message", message("m-wait", text("Wait")))));
        var id = api.await("/api/queries/find-tasks?label=a2a&limit=500", page -> find(page, "Wait") != null)
                .body();
        new Worker(api, "ada", find(id, "Wait"))
                .claim()
                .holds(
                        "report-progress",
                        Map.of("artifacts", List.of(Map.of("name", "log", "uri", "https://example.com/log"))))
                .complete(Map.of("lines", 7));

        var task = waiting.get(20, TimeUnit.SECONDS).task();

        assertThat(state(task)).isEqualTo("TASK_STATE_COMPLETED");
        assertThat(task.at("/artifacts/0/artifactId").asString()).isEqualTo("artifact/log");
        assertThat(task.at("/artifacts/0/parts/0/url").asString()).isEqualTo("https://example.com/log");
        assertThat(task.at("/artifacts/1/artifactId").asString()).isEqualTo("result");
        assertThat(task.at("/artifacts/1/parts/0/data/lines").asInt()).isEqualTo(7);
    }

    private static String find(JsonNode page, String title) {
        for (var item : page.get("items")) {
            if (item.get("title").asString().equals(title)) {
                return item.get("taskId").asString();
            }
        }
        return null;
    }

    @Test
    void an_answer_is_given_after_the_longest_wait_as_the_task_is_by_then() {
        try (var impatient = TestServer.start(home.resolve("impatient"), "--muster.query.wait-limit=PT0.2S")) {
            var task = new A2aClient(impatient.api(), "outsider")
                    .call("SendMessage", Map.of("message", message("m", text("Nobody is there"))))
                    .task();

            assertThat(state(task)).isEqualTo("TASK_STATE_SUBMITTED");
        }
    }

    @Test
    void a_question_is_answered_by_a_message_to_the_task_once() {
        var task = outsider.send(message("m-ask", text("Name it"))).task();
        var id = task.get("id").asString();
        var worker = ada(task).claim().holds("request-input", Map.of("question", "Which name?"));
        var asked = outsider.get(id);
        var answer = with(message("m-answer", text("Aria")), "taskId", id);

        var answered = outsider.send(answer).task();
        var again = outsider.send(answer).task();

        assertThat(state(asked)).isEqualTo("TASK_STATE_INPUT_REQUIRED");
        assertThat(asked.at("/status/message/role").asString()).isEqualTo("ROLE_AGENT");
        assertThat(asked.at("/status/message/parts/0/text").asString()).isEqualTo("Which name?");
        assertThat(state(answered)).isEqualTo("TASK_STATE_WORKING");
        assertThat(again).isEqualTo(answered);
        assertThat(answered.get("history"))
                .extracting(said -> said.get("role").asString() + " "
                        + said.at("/parts/0/text").asString())
                .containsExactly("ROLE_USER Name it", "ROLE_AGENT Which name?", "ROLE_USER Aria");
        assertThat(answered.at("/history/2/messageId").asString()).isEqualTo("m-answer");
        worker.complete("named");
        assertThat(outsider.get(id).at("/artifacts/0/parts/0/text").asString()).isEqualTo("named");
    }

    @Test
    void another_message_to_a_task_is_a_comment_on_it() {
        var task = outsider.send(message("m-comment", text("Begin"))).task();
        var id = task.get("id").asString();
        ada(task).claim();

        var told = outsider.send(with(message("m-more", text("Mind the time zones")), "taskId", id))
                .task();

        assertThat(state(told)).isEqualTo("TASK_STATE_WORKING");
        assertThat(told.at("/history/1/parts/0/text").asString()).isEqualTo("Mind the time zones");
        var last =
                outsider.call("GetTask", Map.of("id", id, "historyLength", 1)).result();
        assertThat(last.get("history")).hasSize(1);
        assertThat(last.at("/history/0/messageId").asString()).isEqualTo("m-more");
        assertThat(outsider.call("GetTask", Map.of("id", id, "historyLength", 0))
                        .result()
                        .has("history"))
                .isFalse();
        var comments = api.events("&entity=task/" + id + "&type=TaskCommented");
        assertThat(comments).hasSize(1);
        assertThat(comments.get(0).get("actor").asString()).isEqualTo("outsider");
    }

    @Test
    void a_task_is_canceled_by_who_sent_it_once() {
        var id = outsider.send(message("m-cancel", text("Stop")))
                .task()
                .get("id")
                .asString();

        var byAnother = new A2aClient(api, "another").call("CancelTask", Map.of("id", id));
        var canceled = outsider.call("CancelTask", Map.of("id", id)).result();
        var again = outsider.call("CancelTask", Map.of("id", id));

        assertThat(byAnother.error()).isEqualTo(-32002);
        assertThat(state(canceled)).isEqualTo("TASK_STATE_CANCELED");
        assertThat(again.error()).isEqualTo(-32002);
    }

    @Test
    void a_plan_becomes_a_mission_whose_results_are_its_artifacts() {
        var plan = Map.of(
                "title",
                "Release",
                "steps",
                List.of(
                        Map.of("stepId", "build", "title", "Build"),
                        Map.of("stepId", "publish", "title", "Publish", "dependsOn", List.of("build"))));
        var sent = message("m-plan", Map.of("data", Map.of("plan", plan)));

        var mission = outsider.send(sent).task();
        var again = outsider.send(sent).task();

        var id = mission.get("id").asString();
        assertThat(id).startsWith("mission:");
        assertThat(state(mission)).isEqualTo("TASK_STATE_WORKING");
        assertThat(again.get("id").asString()).isEqualTo(id);
        for (var step : List.of("build", "publish")) {
            var task = id.substring("mission:".length()) + "/" + step;
            api.await("/api/queries/get-task?taskId=" + task, view -> view.path("ready")
                    .asBoolean());
            assertThat(outsider.get(task).get("contextId").asString()).isEqualTo(id);
            new Worker(api, "ada", task).claim().complete(step + " is done");
        }
        api.await(
                "/api/queries/get-mission?missionId=" + id.substring("mission:".length()),
                view -> view.get("state").asString().equals("completed"));
        var done = outsider.get(id);
        assertThat(state(done)).isEqualTo("TASK_STATE_COMPLETED");
        assertThat(done.get("artifacts"))
                .extracting(artifact -> artifact.get("artifactId").asString() + " "
                        + artifact.at("/parts/0/text").asString())
                .containsExactly("step/build build is done", "step/publish publish is done");
        assertThat(outsider.send(with(message("m-late", text("?")), "taskId", id))
                        .error())
                .isEqualTo(-32004);
    }

    @Test
    void a_mission_is_canceled() {
        var plan = Map.of("title", "Vain", "steps", List.of(Map.of("stepId", "a", "title", "A")));
        var id = outsider.send(message("m-vain", Map.of("data", Map.of("plan", plan))))
                .task()
                .get("id")
                .asString();

        outsider.call("CancelTask", Map.of("id", id)).result();

        api.await(
                "/api/queries/get-mission?missionId=" + id.substring("mission:".length()),
                view -> view.get("state").asString().equals("canceled"));
        assertThat(state(outsider.get(id))).isEqualTo("TASK_STATE_CANCELED");
    }

    @Test
    void what_it_led_to_is_found_by_its_context_in_the_log() {
        var task = outsider.send(with(message("m-trace", text("Trace")), "contextId", "talk-7"))
                .task();

        assertThat(task.get("contextId").asString()).isEqualTo("talk-7");
        var events = api.events("&entity=task/" + task.get("id").asString());
        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("correlationid").asString()).isEqualTo("talk-7");
            assertThat(event.get("causationid").asString()).isEqualTo("request:a2a:m-trace");
        });
    }
}
