package dev.muster.a2a;

import static dev.muster.a2a.A2aClient.message;
import static dev.muster.a2a.A2aClient.text;
import static dev.muster.a2a.A2aClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.a2a.A2aClient.Events.Event;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task is followed to its end, and from where a stream was cut. */
@Timeout(90)
class TaskStreamTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static A2aClient outsider;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada"));
        outsider = new A2aClient(api, "outsider");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String submit(String messageId) {
        return outsider.send(message(messageId, text("Task " + messageId)))
                .task()
                .get("id")
                .asString();
    }

    private static void work(String id) {
        new Worker(api, "ada", id)
                .claim()
                .holds(
                        "report-progress",
                        Map.of(
                                "percent",
                                50,
                                "note",
                                "half",
                                "artifacts",
                                List.of(Map.of("name", "a", "data", 1), Map.of("name", "b", "data", 2))))
                .complete("done");
    }

    @Test
    void a_task_is_followed_to_its_end() {
        try (var events =
                outsider.stream("SendStreamingMessage", Map.of("message", message("s-follow", text("Follow"))))) {
            var first = events.next();
            assertThat(first.kind()).isEqualTo("task");
            work(first.content().get("id").asString());

            var rest = events.rest();

            assertThat(rest)
                    .extracting(Event::tells)
                    .containsExactly(
                            "SUBMITTED", "WORKING", "artifact/a", "artifact/b", "WORKING", "result", "COMPLETED");
            assertThat(rest).allSatisfy(event -> {
                assertThat(event.content().get("taskId"))
                        .isEqualTo(first.content().get("id"));
                assertThat(event.content().get("contextId"))
                        .isEqualTo(first.content().get("contextId"));
                assertThat(event.position()).isEqualTo(event.id()).isNotEmpty();
            });
            assertThat(rest.get(4).content().at("/status/message/parts/0/text").asString())
                    .isEqualTo("half");
        }
    }

    @Test
    void a_stream_is_resumed_behind_each_of_its_events_with_exactly_what_came_after() {
        var id = submit("s-resume");
        try (var events = outsider.stream("SubscribeToTask", Map.of("id", id))) {
            var all = new ArrayList<Event>(List.of(events.next()));
            work(id);
            all.addAll(events.rest());
            assertThat(all).extracting(Event::id).doesNotHaveDuplicates();

            for (var cut = 0; cut < all.size() - 1; cut++) {
                try (var resumed = outsider.stream(
                        "SubscribeToTask",
                        Map.of("id", id),
                        "Last-Event-ID",
                        all.get(cut).id())) {
                    var task = resumed.next();
                    assertThat(task.kind()).isEqualTo("task");
                    assertThat(task.id()).isEqualTo(all.get(cut).id());
                    assertThat(resumed.rest()).isEqualTo(all.subList(cut + 1, all.size()));
                }
            }
        }
    }

    @Test
    void the_position_is_taken_from_the_metadata_as_well() {
        var id = submit("s-metadata");
        var position = outsider.get(id).at("/metadata").path(A2aClient.POSITION).asString();
        work(id);

        try (var resumed = outsider.stream(
                "SubscribeToTask", Map.of("id", id, "metadata", Map.of(A2aClient.POSITION, position)))) {
            assertThat(resumed.next().tells()).isEqualTo("SUBMITTED");
            assertThat(resumed.rest())
                    .extracting(Event::tells)
                    .containsExactly(
                            "SUBMITTED", "WORKING", "artifact/a", "artifact/b", "WORKING", "result", "COMPLETED");
        }
    }

    @Test
    void a_task_that_ended_can_not_be_followed() {
        var id = submit("s-ended");
        work(id);
        var end = outsider.get(id).at("/metadata").path(A2aClient.POSITION).asString();

        assertThat(outsider.call("SubscribeToTask", Map.of("id", id)).error()).isEqualTo(-32004);
        assertThat(outsider.call("SubscribeToTask", Map.of("id", id, "metadata", Map.of(A2aClient.POSITION, end)))
                        .error())
                .isEqualTo(-32004);
    }

    @Test
    void a_stream_stays_open_while_a_question_is_open() {
        var id = submit("s-question");
        try (var events = outsider.stream("SubscribeToTask", Map.of("id", id))) {
            events.next();
            var worker = new Worker(api, "ada", id).claim().holds("request-input", Map.of("question", "Which?"));
            outsider.send(with(message("s-answer", text("That")), "taskId", id));
            worker.complete("done");

            assertThat(events.rest())
                    .extracting(Event::tells)
                    .containsExactly("SUBMITTED", "WORKING", "INPUT_REQUIRED", "WORKING", "result", "COMPLETED");
        }
    }

    @Test
    void what_the_fleet_says_of_a_task_is_told() {
        var id = submit("s-comment");
        try (var events = outsider.stream("SubscribeToTask", Map.of("id", id))) {
            events.next();
            new Worker(api, "ada", id).command("comment-on-task", Map.of("text", "It is a long one"));

            var told = events.next();

            assertThat(told.tells()).isEqualTo("SUBMITTED");
            assertThat(told.content().at("/status/message/parts/0/text").asString())
                    .isEqualTo("It is a long one");
        }
    }

    @Test
    void a_repeated_streaming_message_goes_on_where_its_first_one_was_cut() {
        var sent = Map.of("message", message("s-twice", text("Twice")));
        String id;
        String position;
        try (var events = outsider.stream("SendStreamingMessage", sent)) {
            var first = events.next();
            id = first.content().get("id").asString();
            position = first.position();
        }
        work(id);

        try (var events = outsider.stream("SendStreamingMessage", sent, "Last-Event-ID", position)) {
            assertThat(events.next().content().get("id").asString()).isEqualTo(id);
            assertThat(events.rest()).extracting(Event::tells).endsWith("result", "COMPLETED");
        }
    }

    @Test
    void a_stream_is_resumed_from_a_server_that_was_started_again(@TempDir Path other) {
        String id;
        String position;
        try (var before = TestServer.start(other)) {
            before.api().command("register-agent", "anonymous", Map.of("agentId", "ada"));
            var task = new A2aClient(before.api(), "outsider")
                    .send(message("s-restart", text("Restart")))
                    .task();
            id = task.get("id").asString();
            position = task.at("/metadata").path(A2aClient.POSITION).asString();
            new Worker(before.api(), "ada", id).claim();
        }
        try (var after = TestServer.start(other);
                var events = new A2aClient(after.api(), "outsider")
                        .stream("SubscribeToTask", Map.of("id", id), "Last-Event-ID", position)) {
            assertThat(events.next().tells()).isEqualTo("SUBMITTED");
            assertThat(events.next().tells()).isEqualTo("SUBMITTED");
            assertThat(events.next().tells()).isEqualTo("WORKING");
        }
    }
}
