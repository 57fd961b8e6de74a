package dev.muster.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.EarlierHome;
import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A store of <em>First light</em>, made before events were changed, is read in today's forms, now and as of any moment. */
class FirstLightTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static JsonNode recorded;

    @BeforeAll
    static void open() throws IOException {
        EarlierHome.unpack("first-light", home);
        recorded = EarlierHome.answers("first-light");
        server = TestServer.start(home, "--muster.supervision=false");
        api = server.api();
        var last = recorded.get("events").size() - 1;
        api.await(
                "/actuator/health",
                health -> health.at("/components/views/details/position").asLong() >= last);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The positions at which answers were recorded. */
    static List<Long> positions() throws IOException {
        return EarlierHome.answers("first-light")
                .get("answers")
                .propertyStream()
                .map(entry -> Long.valueOf(entry.getKey()))
                .toList();
    }

    /** Each question that could be asked when the log ended there, and its answer then. */
    private static Map<String, JsonNode> answersAt(long position) {
        var answers = new LinkedHashMap<String, JsonNode>();
        recorded.get("answers")
                .propertyStream()
                .filter(entry -> Long.parseLong(entry.getKey()) <= position)
                .forEach(entry -> entry.getValue()
                        .propertyStream()
                        .forEach(answer -> answers.put(answer.getKey(), answer.getValue())));
        return answers;
    }

    private static List<JsonNode> eventsOfToday() {
        return SinceFirstLight.events(recorded.get("events").valueStream().toList());
    }

    // ---- what can be asked

    @Test
    void every_question_has_the_answer_that_it_had_but_for_what_has_changed() {
        answersAt(Long.MAX_VALUE).forEach((question, answer) -> assertThat(
                        api.get("/api/queries/" + question).body())
                .as(question)
                .isEqualTo(SinceFirstLight.answer(question, answer)));
    }

    @ParameterizedTest
    @MethodSource("positions")
    void every_question_as_of_then_has_the_answer_that_it_had_then(long position) {
        answersAt(position).forEach((question, answer) -> assertThat(api.get("/api/queries/" + question
                                + (question.contains("?") ? "&" : "?") + "position=" + position)
                        .body())
                .as(question)
                .isEqualTo(SinceFirstLight.answer(question, answer)));
    }

    @Test
    void what_has_changed_is_there_to_be_seen() {
        var types = eventsOfToday().stream()
                .filter(event -> !recorded.get("events").valueStream().toList().contains(event))
                .map(event -> event.get("type").asString());
        assertThat(types).contains("TaskCommented", "ProgressReported", "AgentRegistered", "AgentLimitChanged");
    }

    @Test
    void the_parts_of_an_event_are_asked_for_by_their_own_identifiers() {
        var limit = eventsOfToday().get(1).get("id").asString();
        assertThat(limit).endsWith("~2");
        var causes = api.get("/api/queries/find-causes?event=" + limit).body().get("items");
        assertThat(causes.get(0).at("/event/type").asString()).isEqualTo("AgentLimitChanged");
    }

    // ---- the log

    @Test
    void pages_of_the_log_have_the_events_in_their_form_of_today() {
        for (var limit : List.of(1, 2, 7, 500)) {
            var events = new ArrayList<JsonNode>();
            var after = -1L;
            for (var page = page(after, limit); ; page = page(after, limit)) {
                page.get("items").valueStream().filter(FirstLightTest::isOfThen).forEach(events::add);
                if (!page.has("next")) {
                    break;
                }
                after = page.get("next").asLong();
            }
            assertThat(events).as("in pages of %s", limit).isEqualTo(eventsOfToday());
        }
    }

    /** The version of today has made itself a token. */
    private static boolean isOfThen(JsonNode event) {
        return !event.get("subject").asString().startsWith("token/");
    }

    private static JsonNode page(long after, int limit) {
        return api.get("/api/events?after=" + after + "&limit=" + limit).body();
    }

    @Test
    void the_live_log_has_them_too_and_is_gone_on_with_behind_a_part() {
        var expected = eventsOfToday();
        assertThat(stream(expected.size())).isEqualTo(expected);
        assertThat(ids(3)).containsExactly("0.1", "0", "1");
        assertThat(ids(2, "Last-Event-ID", "0.1")).containsExactly("0", "1");
        assertThat(ids(1, "Last-Event-ID", "0")).containsExactly("1");
    }

    private static List<JsonNode> stream(int count) {
        try (var lines = api.stream("/api/events")) {
            return lines.filter(line -> line.startsWith("data:"))
                    .limit(count)
                    .map(line -> HttpApi.JSON.readTree(line.substring(5)))
                    .toList();
        }
    }

    private static List<String> ids(int count, String... headers) {
        try (var lines = api.stream("/api/events", headers)) {
            return lines.filter(line -> line.startsWith("id:"))
                    .limit(count)
                    .map(line -> line.substring(3).trim())
                    .toList();
        }
    }

    @Test
    void the_log_still_has_the_form_in_which_they_were_stored() {
        var stored = api.events("&form=stored");
        assertThat(stored).hasSize(recorded.get("events").size());
        for (int i = 0; i < stored.size(); i++) {
            assertThat(stored.get(i).get("revision").asString()).isEqualTo("1");
            for (var field : List.of("id", "type", "subject", "position", "sequence", "time", "data")) {
                assertThat(stored.get(i).get(field))
                        .isEqualTo(recorded.get("events").get(i).get(field));
            }
        }
    }

    // ---- and life goes on

    @Test
    void commands_go_on_where_the_earlier_version_stopped(@TempDir Path other) throws IOException {
        EarlierHome.unpack("first-light", other);
        try (var running = TestServer.start(other, "--muster.supervision=false")) {
            var live = running.api();
            var position = recorded.get("events").size();

            // A repeated command is known by its key, though the event that kept it was split.
            var again = live.command(
                    "register-agent",
                    "joe",
                    Map.of("displayName", "Joe", "capabilities", List.of("go"), "maxConcurrentTasks", 3),
                    "Idempotency-Key",
                    "join");
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body().get("version").asInt()).isZero();

            // The limit that was stored with the registration holds, and so does the slot that was taken under it.
            assertThat(live.command("change-limit", "operator:kim", Map.of("agentId", "joe", "maxConcurrentTasks", 1))
                            .status())
                    .isEqualTo(200);
            assertThat(live.command("claim-task", "joe", Map.of("taskId", "a/b"))
                            .problem())
                    .isEqualTo("agent-at-limit");

            // What was reported in whole percent goes on in finer ones, under the token of then.
            var token = live.await(
                            "/api/queries/get-task?taskId=once",
                            task -> task.get("percent").asInt() == 7)
                    .body()
                    .get("fencingToken")
                    .asInt();
            assertThat(live.command(
                                    "report-progress",
                                    "joe",
                                    Map.of("taskId", "once", "fencingToken", token, "percent", 37.5))
                            .status())
                    .isEqualTo(200);
            var seen = live.command("comment-on-task", "joe", Map.of("taskId", "once", "text", "Going on"))
                    .body()
                    .get("seen")
                    .asString();
            var task =
                    live.get("/api/queries/get-task?taskId=once&after=" + seen).body();
            assertThat(task.get("percent").asString()).isEqualTo("37.5");

            // An agent that registers today does so in two events of their own.
            live.command("register-agent", "new", Map.of("maxConcurrentTasks", 2));
            assertThat(live.get("/api/events?after=" + (position - 1)).body().get("items"))
                    .extracting(event -> event.get("type").asString())
                    .containsExactly(
                            "TokenIssued",
                            "AgentLimitChanged",
                            "ProgressReported",
                            "TaskCommented",
                            "AgentRegistered",
                            "AgentLimitChanged");
        }
    }
}
