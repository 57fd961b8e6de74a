package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.access.TokenQuery.FindTokens;
import dev.muster.access.TokenRole;
import dev.muster.access.TokenView;
import dev.muster.agent.AgentId;
import dev.muster.agent.AgentQuery.FindAgents;
import dev.muster.agent.AgentQuery.GetAgent;
import dev.muster.agent.AgentView;
import dev.muster.digest.Digest;
import dev.muster.digest.DigestQuery.GetDigest;
import dev.muster.history.Effects;
import dev.muster.history.EntityState;
import dev.muster.history.EventChanges;
import dev.muster.history.HistoryEvent;
import dev.muster.history.HistoryQuery.CompareStates;
import dev.muster.history.HistoryQuery.FindCauses;
import dev.muster.history.HistoryQuery.FindEffects;
import dev.muster.history.HistoryQuery.GetEventChanges;
import dev.muster.history.HistoryQuery.GetHistory;
import dev.muster.history.HistoryQuery.GetState;
import dev.muster.history.LinkedEvent;
import dev.muster.history.StateChange;
import dev.muster.message.JsonMappers;
import dev.muster.message.MessageCatalog;
import dev.muster.message.MetaKeys;
import dev.muster.message.PageType;
import dev.muster.message.QueryEntry;
import dev.muster.mission.MissionId;
import dev.muster.mission.MissionQuery.FindMissions;
import dev.muster.mission.MissionQuery.GetMission;
import dev.muster.mission.MissionState;
import dev.muster.mission.MissionSummary;
import dev.muster.mission.MissionView;
import dev.muster.subscription.SubscriptionId;
import dev.muster.subscription.SubscriptionQuery.FindSubscriptions;
import dev.muster.subscription.SubscriptionQuery.GetSubscription;
import dev.muster.subscription.SubscriptionSummary;
import dev.muster.subscription.SubscriptionView;
import dev.muster.task.TaskId;
import dev.muster.task.TaskQuery.*;
import dev.muster.task.TaskSummary;
import dev.muster.task.TaskView;
import dev.muster.whatif.WhatIf;
import dev.muster.whatif.WhatIfAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every query has the same answer whoever asks it, and however. */
class EveryQueryTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;

    @BeforeAll
    static void start() {
        server = TestServer.start(home, "--muster.supervision=false");
        api = server.api();
        api.command("register-agent", "anonymous", Map.of("agentId", "ada", "capabilities", List.of("java", "sql")));
        api.command("register-agent", "anonymous", Map.of("agentId", "ben"));
        for (int i = 0; i < 5; i++) {
            api.command(
                    "submit-task",
                    "anonymous",
                    Map.of("taskId", "t" + i, "title", "Task " + i, "labels", List.of("x")));
        }
        api.command("claim-task", "ada", Map.of("taskId", "t1"));
        api.command(
                "plan-mission",
                "anonymous",
                Map.of("missionId", "m", "title", "M", "steps", List.of(Map.of("stepId", "a", "title", "A"))));
        api.command("create-subscription", "ada", Map.of("subscriptionId", "s", "title", "All"));
        var last = api.command("add-blocker", "ada", Map.of("taskId", "t2", "blockerId", "t1"));
        api.get("/api/queries/count-tasks?after=" + last.body().get("seen").asString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    record Question(@Nullable String path, Object query, ResponseType<?> type) {}

    static Stream<Question> questions() {
        return Stream.of(
                new Question("get-agent?agentId=ada", new GetAgent(AgentId.of("ada")), one(AgentView.class)),
                new Question(
                        "find-agents?capability=java&limit=10",
                        new FindAgents(null, "java", 10, null),
                        PageType.of(AgentView.class)),
                new Question("get-task?taskId=t2", new GetTask(TaskId.of("t2")), one(TaskView.class)),
                new Question(
                        "find-tasks?label=x&limit=2",
                        new FindTasks(null, null, null, null, null, "x", null, null, 2, null),
                        PageType.of(TaskSummary.class)),
                new Question(
                        "count-tasks?ready=true",
                        new CountTasks(true, null, null, null, null, null, null),
                        one(TaskCounts.class)),
                new Question(
                        "get-history?entity=task/t1&limit=2",
                        new GetHistory("task/t1", 2, null),
                        PageType.of(HistoryEvent.class)),
                new Question(
                        "find-causes?event=task/t1@2&limit=2",
                        new FindCauses("task/t1@2", 2, null),
                        PageType.of(LinkedEvent.class)),
                new Question(
                        "find-effects?event=task/t1@0&limit=1",
                        new FindEffects("task/t1@0", 1, null),
                        one(Effects.class)),
                new Question(
                        "get-state?entity=task/t1&at=version:1",
                        new GetState("task/t1", "version:1"),
                        one(EntityState.class)),
                new Question(
                        "compare-states?entity=task/t1&from=version:0",
                        new CompareStates("task/t1", "version:0", null),
                        one(StateChange.class)),
                new Question("get-mission?missionId=m", new GetMission(MissionId.of("m")), one(MissionView.class)),
                new Question(
                        "find-missions?state=planned",
                        new FindMissions(MissionState.PLANNED, null, null),
                        PageType.of(MissionSummary.class)),
                new Question(
                        "get-event-changes?event=task/t1@0", new GetEventChanges("task/t1@0"), one(EventChanges.class)),
                new Question("what-if?limit=5", new WhatIf(null, null, null, null, 5), one(WhatIfAnswer.class)),
                new Question(
                        "get-subscription?subscriptionId=s",
                        new GetSubscription(SubscriptionId.of("s")),
                        one(SubscriptionView.class)),
                new Question(
                        "find-subscriptions?owner=ada",
                        new FindSubscriptions("ada", null, null, null, null),
                        PageType.of(SubscriptionSummary.class)),
                new Question(
                        "find-tokens?role=operator&revoked=false",
                        new FindTokens(TokenRole.OPERATOR, null, false, null, null),
                        PageType.of(TokenView.class)),
                new Question("get-digest", new GetDigest(), one(Digest.class)),
                new Question(null, new FindDueTasks(Instant.EPOCH, 10), one(DueTasks.class)),
                new Question(null, new FindBlockerCycles(), one(BlockerCycles.class)));
    }

    private static ResponseType<?> one(Class<?> type) {
        return ResponseTypes.instanceOf(type);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void the_answer_is_the_same_point_to_point_as_a_subscription_and_over_http(Question question) {
        var gateway = server.bean(QueryGateway.class);
        var query = new GenericMessage<>(question.query(), Map.of(MetaKeys.TRUSTED, true));
        var pointToPoint = json(gateway.query(query, question.type()).join());
        assertThat(subscribed(gateway, query, question.type())).isEqualTo(pointToPoint);
        if (question.path() != null) {
            assertThat(api.get("/api/queries/" + question.path()).body()).isEqualTo(pointToPoint);
            try (var lines = api.stream("/api/queries/" + question.path())) {
                var first = lines.filter(line -> line.startsWith("data:")).findFirst();
                assertThat(HttpApi.JSON.readTree(first.orElseThrow().substring(5)))
                        .isEqualTo(pointToPoint);
            }
        }
    }

    private static <T> JsonNode subscribed(QueryGateway gateway, Object query, ResponseType<T> type) {
        try (var subscription = gateway.subscriptionQuery(query, type, type)) {
            return json(subscription.initialResult().block(Duration.ofSeconds(5)));
        }
    }

    private static JsonNode json(Object answer) {
        return HttpApi.JSON.readTree(JsonMappers.edges().writeValueAsBytes(answer));
    }

    @Test
    void every_query_of_the_catalog_is_asked_here() {
        var asked = questions().map(question -> question.query().getClass().getSimpleName());
        var known = server.bean(MessageCatalog.class).queries().stream().map(QueryEntry::name);
        assertThat(asked).containsAll(known.toList());
    }

    @Test
    void a_live_answer_is_sent_again_whenever_it_has_changed() {
        try (var lines = api.stream("/api/queries/get-task?taskId=t4")) {
            var answers = lines.filter(line -> line.startsWith("data:"))
                    .map(line -> HttpApi.JSON.readTree(line.substring(5)))
                    .iterator();
            assertThat(answers.next().get("comments").asInt()).isZero();
            for (int said = 1; said <= 4; said++) {
                api.command("comment-on-task", "ben", Map.of("taskId", "t4", "text", "hello"));
                assertThat(answers.next().get("comments").asInt()).isEqualTo(said);
            }
        }
    }

    @Test
    void a_page_goes_on_where_the_one_before_ended() {
        var first = api.get("/api/queries/find-tasks?label=x&limit=3").body();
        var second = api.get("/api/queries/find-tasks?label=x&limit=3&cursor="
                        + first.get("next").asString())
                .body();
        assertThat(first.get("items")).hasSize(3);
        assertThat(second.get("items")).hasSize(2);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void the_log_is_followed_from_where_a_reader_was_cut_off() {
        try (var lines = api.stream("/api/events", "Last-Event-ID", "1")) {
            assertThat(lines.filter(line -> line.startsWith("id:")).limit(3)).containsExactly("id:2", "id:3", "id:4");
        }
    }
}
