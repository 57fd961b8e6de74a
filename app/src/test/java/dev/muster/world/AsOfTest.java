package dev.muster.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.history.LogSource;
import dev.muster.message.AsOf;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.task.TaskId;
import dev.muster.task.TaskQuery.GetTask;
import dev.muster.task.TaskState;
import dev.muster.task.TaskView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever can be asked can be asked as of any moment, and is answered as it would have been then. */
class AsOfTest {

    private static final long SEED = 20261125;

    @TempDir
    static Path homes;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void live() {
        server = TestServer.start(homes.resolve("live"));
        api = server.api();
        new RandomLife(api).go(100, SEED);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_answer_as_of_a_moment_is_that_of_a_server_that_has_only_the_events_up_to_it() throws Exception {
        var questions = new RandomQuestions(api, SEED);
        var random = new Random(SEED);
        var moments = new TreeSet<Long>();
        while (moments.size() < 40) {
            moments.add((long) random.nextInt((int) server.bean(LogSource.class).head()));
        }
        try (var then = new PrefixServer(homes.resolve("then-" + random.nextInt()), server.bean(LogSource.class))) {
            for (var moment : moments) {
                var past = then.growTo(moment);
                for (int i = 0; i < 5; i++) {
                    var question = questions.next();
                    var expected = past.get("/api/queries/" + question);
                    var actual = api.get("/api/queries/" + question + "&position=" + moment);
                    assertThat(actual.status()).as(question).isEqualTo(expected.status());
                    assertThat(actual.body()).as("%s at %s", question, moment).isEqualTo(expected.body());
                }
            }
        }
    }

    @Test
    void a_moment_stands_for_the_events_before_the_first_later_one() {
        var events = api.log("");
        for (int i = 0; i < events.size(); i += 7) {
            var moment = Instant.parse(events.get(i).get("time").asString());
            var expected = -1;
            while (expected + 1 < events.size()
                    && !Instant.parse(events.get(expected + 1).get("time").asString())
                            .isAfter(moment)) {
                expected++;
            }
            var answer = api.get("/api/queries/count-tasks?asOf=" + moment);
            assertThat(answer.headers().get("muster-position")).containsExactly(Integer.toString(expected));
        }
    }

    @Test
    void a_question_about_one_entity_reads_its_events_alone() {
        var engine = server.bean(RocksEventStorageEngine.class);
        api.command("submit-task", "anonymous", Map.of("taskId", "alone", "title", "T"));
        api.command("comment-on-task", "anonymous", Map.of("taskId", "alone", "text", "one"));
        var last = server.bean(LogSource.class).head() - 1;
        api.command("comment-on-task", "anonymous", Map.of("taskId", "alone", "text", "two"));
        api.await(
                "/api/queries/get-task?taskId=alone",
                task -> task.get("comments").asInt() == 2);
        var before = engine.eventsRead();
        var task =
                api.get("/api/queries/get-task?taskId=alone&position=" + last).body();
        assertThat(task.get("comments").asInt()).isEqualTo(1);
        assertThat(engine.eventsRead() - before).isLessThanOrEqualTo(3);
    }

    @Test
    void before_the_first_event_there_is_nothing() {
        var counts = api.get("/api/queries/count-tasks?position=-1").body();
        assertThat(counts.get("total").asInt()).isZero();
        assertThat(api.get("/api/queries/count-tasks?asOf=1970-01-01T00:00:00Z").body())
                .isEqualTo(counts);
        assertThat(api.get("/api/queries/get-task?taskId=t1&position=-1").status())
                .isEqualTo(404);
    }

    @Test
    void the_past_can_be_asked_in_java_too() {
        api.command("submit-task", "anonymous", Map.of("taskId", "in-java", "title", "T"));
        var submitted = server.bean(LogSource.class).head() - 1;
        api.command("cancel-task", "anonymous", Map.of("taskId", "in-java"));
        var question = AsOf.position(new GetTask(TaskId.of("in-java")), submitted);
        var task =
                server.bean(QueryGateway.class).query(question, TaskView.class).join();
        assertThat(task.state()).isEqualTo(TaskState.SUBMITTED);
    }

    @Test
    void what_makes_no_sense_is_refused_with_a_reason() {
        refused("count-tasks?position=99999999", "position must be a position of the log");
        refused("count-tasks?position=-2", "position must be a position of the log");
        refused("count-tasks?position=soon", "position must be a position of the log");
        refused("count-tasks?asOf=yesterday", "asOf must be an instant");
        refused("count-tasks?position=1&asOf=2026-01-01T00:00:00Z", "exclude each other");
        refused("count-tasks?position=1&after=task/t1@0", "waits for what is live");
        try (var lines = api.stream("/api/queries/count-tasks?position=1")) {
            assertThat(lines.findFirst().orElseThrow()).contains("exclude each other");
        }
    }

    private static void refused(String question, String reason) {
        var answer = api.get("/api/queries/" + question);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("detail").asString()).contains(reason);
    }
}
