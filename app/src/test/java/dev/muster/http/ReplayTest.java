package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.view.JdbcViewStores;
import dev.muster.world.Worlds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

class ReplayTest {

    private static final String VIEWS = "/api/processors/views";
    private static final int TASKS = 400;

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start(home);
        api = server.api();
        api.command("register-agent", "ada", Map.of());
        for (int i = 0; i < TASKS; i++) {
            api.command("submit-task", "anonymous", Map.of("taskId", "t" + i, "title", "Task " + i));
            var claimed = api.command("claim-task", "ada", Map.of("taskId", "t" + i));
            complete("t" + i, claimed.body());
        }
    }

    private static void complete(String task, JsonNode claimed) {
        var token = claimed.get("result").get("fencingToken").asLong();
        var completed = api.command("complete-task", "ada", Map.of("taskId", task, "fencingToken", token));
        assertThat(completed.status()).as(completed.body().toString()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        assertThat(home.resolve("server.json")).doesNotExist();
    }

    private static JsonNode replay(String body) {
        var begun = api.post(VIEWS + "/reset", "operator:kim", body);
        assertThat(begun.status()).as(begun.body().toString()).isEqualTo(200);
        return api.await(
                        VIEWS, status -> status.at("/replay/state").asString("").equals("done"))
                .body()
                .get("replay");
    }

    private static JsonNode digest(String parameters) {
        return api.get("/api/queries/get-digest" + parameters).body();
    }

    private static void caughtUp() {
        api.await(VIEWS, status -> status.get("lag").asLong() == 0);
    }

    @Test
    void live_views_and_a_world_have_one_digest_now_and_where_it_was_recorded() {
        caughtUp();
        var now = digest("");
        var world = digest("?position=" + now.get("position").asLong());
        assertThat(world.get("views")).isEqualTo(now.get("views"));
        assertThat(world.get("all")).isEqualTo(now.get("all"));
        var recorded = server.bean(JdbcViewStores.class).recorded(999).orElseThrow();
        assertThat(server.bean(Worlds.class).at(999).digest().views()).isEqualTo(recorded.views());
        var asked = digest("?position=999");
        assertThat(asked.get("recorded").asBoolean()).isTrue();
        assertThat(asked.get("all").asString()).isEqualTo(recorded.all());
        assertThat(now.get("views").propertyNames()).contains("task", "agent").doesNotContain("history");
    }

    @Test
    void queries_are_answered_while_the_views_are_folded_again_and_commands_are_in_them() throws Exception {
        var stop = new AtomicBoolean();
        var asked = new AtomicLong();
        var wrong = new ArrayList<String>();
        var asking = new Thread(() -> {
            while (!stop.get()) {
                var answer = api.get("/api/queries/count-tasks");
                if (answer.status() != 200 || answer.body().get("total").asLong() < TASKS) {
                    wrong.add(answer.body().toString());
                }
                asked.incrementAndGet();
            }
        });
        asking.start();
        api.post(VIEWS + "/reset", "operator:kim", "{}");
        for (int i = 0; i < 50; i++) {
            var submitted = api.command("submit-task", "anonymous", Map.of("title", "During the replay"));
            var seen = submitted.body().get("seen").asString();
            var read = api.get("/api/queries/get-task?taskId="
                    + submitted.body().get("id").asString() + "&after=" + seen + "&wait=PT30S");
            assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
        }
        var done = api.await(
                        VIEWS, status -> status.at("/replay/state").asString("").equals("done"))
                .body()
                .get("replay");
        stop.set(true);
        asking.join();
        assertThat(wrong).isEmpty();
        assertThat(asked.get()).isPositive();
        assertThat(done.at("/report/same").asBoolean()).as(done.toString()).isTrue();
        assertThat(done.at("/report/summary").asString()).contains("the views are as they were");
        caughtUp();
        var now = digest("");
        assertThat(digest("?position=" + now.get("position").asLong()).get("views"))
                .isEqualTo(now.get("views"));
    }

    @Test
    void one_view_is_replayed_from_a_position_and_verified() {
        caughtUp();
        var before = digest("");
        var done = replay("{\"view\": \"task\", \"from\": 700}");
        assertThat(done.get("views").toString()).contains("task", "blocker").doesNotContain("agent");
        assertThat(done.at("/report/same").asBoolean()).as(done.toString()).isTrue();
        assertThat(digest("").get("views")).isEqualTo(before.get("views"));
        assertThat(replay("{\"verify\": true}").at("/report/same").asBoolean()).isTrue();
    }

    @Test
    void a_row_altered_by_hand_is_found_and_repaired() {
        caughtUp();
        var database = new JdbcTemplate(server.bean(DataSource.class));
        var table = database.queryForObject(
                "SELECT REGEXP_SUBSTR(tables, '^[^,]*') FROM view_definitions WHERE name = 'agent'", String.class);
        database.update("UPDATE " + table + " SET doc = REPLACE(doc, '\"ada\"', '\"eve\"') WHERE k = 'ada'");
        var found = replay("{\"view\": \"agent\", \"verify\": true}").get("report");
        assertThat(found.get("same").asBoolean()).isFalse();
        assertThat(found.at("/faults/0/view").asString()).isEqualTo("agent");
        assertThat(found.at("/faults/0/key").asString()).isEqualTo("ada");
        replay("{\"view\": \"agent\"}");
        assertThat(replay("{\"view\": \"agent\", \"verify\": true}")
                        .at("/report/same")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void sagas_are_not_replayed_and_only_operators_replay() {
        var refused = api.post("/api/processors/missions/reset", "operator:kim", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("replay-refused");
        assertThat(api.post(VIEWS + "/reset", "ada", "{}").problem()).isEqualTo("role-missing");
        assertThat(api.post(VIEWS + "/reset", "operator:kim", "{\"view\": \"nothing\"}")
                        .problem())
                .isEqualTo("unknown-view");
        assertThat(api.post(VIEWS + "/reset", "operator:kim", "{\"from\": \"yesterday\"}")
                        .problem())
                .isEqualTo("invalid-field");
        assertThat(api.post(VIEWS + "/reset", "operator:kim", "{\"from\": 99999999}")
                        .problem())
                .isEqualTo("no-such-position");
        assertThat(api.post("/api/processors/nothing/pause", "operator:kim", "").problem())
                .isEqualTo("unknown-processor");
        assertThat(api.post(VIEWS + "/cancel", "operator:kim", "").problem()).isEqualTo("no-replay");
    }

    @Test
    void a_paused_processor_says_so_and_goes_on_when_it_is_resumed() {
        var paused = api.post(VIEWS + "/pause", "operator:kim", "");
        assertThat(paused.body().get("state").asString()).isEqualTo("paused");
        assertThat(api.get("/actuator/health")
                        .body()
                        .at("/components/views/details/paused/0")
                        .asString())
                .isEqualTo("views");
        var submitted = api.command("submit-task", "anonymous", Map.of("title", "While paused"));
        var after = "/api/queries/count-tasks?wait=PT0.2S&after="
                + submitted.body().get("seen").asString();
        assertThat(api.get(after).problem()).isEqualTo("views-behind");
        assertThat(api.post(VIEWS + "/resume", "operator:kim", "")
                        .body()
                        .get("state")
                        .asString())
                .isEqualTo("running");
        assertThat(api.get(after.replace("PT0.2S", "PT30S")).status()).isEqualTo(200);
    }

    @Test
    void progress_is_a_live_answer() {
        try (var lines = api.stream(VIEWS)) {
            var first = lines.filter(line -> line.startsWith("data:")).findFirst();
            var status = HttpApi.JSON.readTree(first.orElseThrow().substring(5));
            assertThat(status.get("name").asString()).isEqualTo("views");
            assertThat(status.get("head").asLong()).isPositive();
        }
        List<String> names = new ArrayList<>();
        api.get("/api/processors")
                .body()
                .get("items")
                .forEach(each -> names.add(each.get("name").asString()));
        assertThat(names).contains("missions", "views");
    }

    @Test
    void the_server_says_where_it_is() throws Exception {
        var file = HttpApi.JSON.readTree(Files.readString(home.resolve("server.json")));
        assertThat(HttpApi.of(file.get("url").asString(), home)
                        .get("/api/processors")
                        .status())
                .isEqualTo(200);
        assertThat(file.get("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void a_token_of_a_replay_survives_being_stored() {
        var serializer = server.bean(Serializer.class);
        var token =
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(10), new GlobalSequenceTrackingToken(3));
        var stored = serializer.serialize(token, byte[].class);
        assertThat((Object) serializer.deserialize(stored)).isEqualTo(token);
    }
}
