package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.HttpApi.Answer;
import dev.muster.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Members of a group fetch events over HTTP, acknowledge them, and go on after a restart. */
class SubscriptionDeliveryTest {

    @TempDir
    Path home;

    private TestServer server;
    private HttpApi api;

    @BeforeEach
    void start() {
        server = TestServer.start(home, "--muster.subscription.backoff=PT0.05S");
        api = server.api();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        stop();
        start();
    }

    private void create(Map<String, ?> fields) {
        var all = new HashMap<String, Object>(Map.of("subscriptionId", "s"));
        all.putAll(fields);
        assertThat(api.command("create-subscription", "ada", all).status()).isEqualTo(200);
    }

    private void submit(String... tasks) {
        for (var task : tasks) {
            api.command("submit-task", "ada", Map.of("taskId", task, "title", "T"));
        }
    }

    private void comment(String task) {
        api.command("comment-on-task", "ada", Map.of("taskId", task, "text", "x"));
    }

    private Answer fetch(String member, String parameters) {
        return api.get("/api/subscriptions/s/deliveries?member=" + member + parameters);
    }

    private static List<String> ids(Answer answer) {
        return answer.body()
                .get("items")
                .valueStream()
                .map(each -> each.get("id").asString())
                .toList();
    }

    private Answer settle(String actor, String member, List<String> acknowledged, String... failed) {
        var failures = new ArrayList<Map<String, String>>();
        for (var each : failed) {
            failures.add(Map.of("id", each, "error", "can't"));
        }
        return api.post(
                "/api/subscriptions/s/acknowledgements",
                actor,
                HttpApi.JSON.writeValueAsString(
                        Map.of("member", member, "acknowledged", acknowledged, "failed", failures)));
    }

    private JsonNode view() {
        return api.get("/api/queries/get-subscription?subscriptionId=s").body();
    }

    // ---- long polling

    @Test
    void an_event_comes_as_everywhere_else_with_the_id_of_its_delivery() {
        create(Map.of());
        submit("t");
        var delivery = fetch("m1", "&wait=PT10S").body().get("items").get(0);
        var event = api.get("/api/events?entity=task/t").body().get("items").get(0);
        assertThat(delivery.get("event")).isEqualTo(event);
        assertThat(delivery.get("id").asString())
                .isEqualTo(event.get("position").asString());
        assertThat(delivery.get("try").asInt()).isEqualTo(1);
    }

    @Test
    void who_waits_is_given_an_event_when_it_happens_and_otherwise_nothing() {
        create(Map.of());
        var waiting = CompletableFuture.supplyAsync(() -> fetch("m1", "&wait=PT30S"));
        api.await("/api/subscriptions/s", status -> status.get("waiting").asInt() == 1);
        submit("t");
        assertThat(ids(waiting.join())).hasSize(1);
        assertThat(ids(fetch("m2", "&wait=PT0.05S"))).isEmpty();
    }

    @Test
    void events_are_spread_over_members_and_kept_in_order_by_entity() {
        create(Map.of());
        submit("t", "u");
        comment("t");
        assertThat(fetch("m1", "&limit=1").body().at("/items/0/event/subject").asString())
                .isEqualTo("task/t");
        var second = fetch("m2", "&limit=9").body().get("items");
        assertThat(second).hasSize(1);
        assertThat(second.at("/0/event/subject").asString()).isEqualTo("task/u");
    }

    @Test
    void only_what_fits_the_filter_is_delivered() {
        submit("t", "u");
        comment("u");
        create(Map.of("from", "tail", "filter", Map.of("types", List.of("TaskCommented"))));
        assertThat(fetch("m1", "&wait=PT10S").body().at("/items/0/event/type").asString())
                .isEqualTo("TaskCommented");
        assertThat(ids(fetch("m1", ""))).isEmpty();
    }

    @Test
    void what_happens_to_subscriptions_is_delivered_to_none_and_told_where_it_is_asked_for() {
        create(Map.of());
        submit("t");
        settle("ada", "m1", ids(fetch("m1", "&wait=PT10S")));
        api.await(
                "/api/events?type=SubscriptionAdvanced",
                events -> events.get("items").size() == 1);
        assertThat(ids(fetch("m1", "&wait=PT0.2S"))).isEmpty();
        assertThat(api.events(""))
                .extracting(event -> event.get("type").asString())
                .containsExactly("TaskSubmitted");
        assertThat(api.events("&entity=subscription/s")).hasSize(2);
    }

    // ---- acknowledging

    @Test
    void what_was_acknowledged_is_not_delivered_again_after_a_restart_and_what_was_not_is() {
        create(Map.of());
        submit("t", "u", "v");
        var ids = ids(fetch("m1", "&limit=3&wait=PT10S"));
        var settled =
                settle("ada", "m1", List.of(ids.get(0), ids.get(2), "900")).body();
        assertThat(settled.get("acknowledged").asInt()).isEqualTo(2);
        assertThat(settled.at("/unknown/0").asString()).isEqualTo("900");
        restart();
        assertThat(ids(fetch("m2", "&wait=PT10S"))).containsExactly(ids.get(1));
    }

    @Test
    void what_was_delivered_before_a_restart_can_be_acknowledged_after_it() {
        create(Map.of());
        submit("t");
        var ids = ids(fetch("m1", "&wait=PT10S"));
        restart();
        assertThat(settle("ada", "m1", ids).body().get("acknowledged").asInt()).isEqualTo(1);
        assertThat(ids(fetch("m1", ""))).isEmpty();
    }

    @Test
    void what_is_not_acknowledged_in_time_goes_to_another_member() {
        create(Map.of("acknowledgeWithin", "PT0.3S"));
        submit("t");
        var first = fetch("m1", "&wait=PT10S").body().at("/items/0");
        var second = fetch("m2", "&wait=PT10S").body().at("/items/0");
        assertThat(second.get("id")).isEqualTo(first.get("id"));
        assertThat(second.get("event")).isEqualTo(first.get("event"));
        assertThat(second.get("try").asInt()).isEqualTo(2);
    }

    @Test
    void what_fails_as_often_as_it_may_is_parked_and_retried_by_an_operator() {
        create(Map.of("tries", 2));
        submit("t");
        comment("t");
        var id = ids(fetch("m1", "&wait=PT10S")).get(0);
        settle("ada", "m1", List.of(), id);
        assertThat(ids(fetch("m1", "&wait=PT10S"))).containsExactly(id);
        assertThat(settle("ada", "m1", List.of(), id).body().get("failed").asInt())
                .isEqualTo(1);
        var later = ids(fetch("m1", "&wait=PT10S"));
        assertThat(later).as("its entity goes on").hasSize(1).doesNotContain(id);
        settle("ada", "m1", later);
        api.await(
                "/api/queries/get-subscription?subscriptionId=s",
                seen -> seen.get("parked").size() == 1);
        assertThat(view().at("/parked/0/delivery/error").asString()).isEqualTo("can't");

        restart();
        assertThat(ids(fetch("m1", "&wait=PT0.2S"))).isEmpty();
        assertThat(api.command("retry-parked", "ada", Map.of("subscriptionId", "s"))
                        .status())
                .isEqualTo(403);
        api.command("retry-parked", "operator:kim", Map.of("subscriptionId", "s"));
        assertThat(ids(fetch("m1", "&wait=PT10S"))).containsExactly(id);

        restart();
        assertThat(ids(fetch("m1", "&wait=PT10S"))).as("it is still owed").containsExactly(id);
        settle("ada", "m1", List.of(id));
        restart();
        assertThat(ids(fetch("m1", "&wait=PT0.2S"))).isEmpty();
        assertThat(view().get("retried")).isEmpty();
    }

    // ---- streams

    @Test
    void a_stream_has_so_many_events_in_hand_at_most() {
        create(Map.of());
        submit("t", "u", "v");
        try (var lines = api.stream("/api/subscriptions/s/deliveries?member=m1&limit=2", "Muster-Actor", "ada")) {
            var ids = lines.filter(line -> line.startsWith("id:"))
                    .map(line -> line.substring(3))
                    .iterator();
            var first = ids.next();
            ids.next();
            assertThat(api.get("/api/subscriptions/s").body().at("/members/m1").asInt())
                    .isEqualTo(2);
            settle("ada", "m1", List.of(first));
            assertThat(ids.next()).isNotEqualTo(first);
        }
    }

    // ---- who may

    @Test
    void only_its_owner_its_consumers_and_operators_have_to_do_with_it() {
        create(Map.of("consumers", List.of("ben")));
        submit("t");
        for (var path : List.of("/api/subscriptions/s", "/api/subscriptions/s/deliveries")) {
            assertThat(api.get(path).status()).as("an operator").isEqualTo(200);
        }
        assertThat(settle("ben", "ben", List.of()).status()).isEqualTo(200);
        assertThat(settle("eve", "eve", List.of()).problem()).isEqualTo("subscription-not-yours");
    }

    @Test
    void a_subscription_that_is_not_there_or_no_more_has_no_deliveries() {
        assertThat(fetch("m1", "").problem()).isEqualTo("subscription-not-found");
        create(Map.of());
        fetch("m1", "");
        api.command("delete-subscription", "ada", Map.of("subscriptionId", "s"));
        assertThat(settle("ada", "m1", List.of()).problem()).isEqualTo("subscription-deleted");
    }

    @Test
    void once_its_deletion_is_answered_nothing_comes_of_it_however_busy_deliveries_are() throws Exception {
        create(Map.of());
        submit("t");
        fetch("m1", "");
        var busy = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var deliveries = server.bean(Deliveries.class);
        deliveries.listen(() -> {
            busy.countDown();
            awaitQuietly(done);
        });
        deliveries.wake();
        busy.await();
        try {
            api.command("delete-subscription", "ada", Map.of("subscriptionId", "s"));
            assertThat(settle("ada", "m1", List.of()).problem()).isEqualTo("subscription-deleted");
            assertThat(fetch("m1", "").problem()).isEqualTo("subscription-deleted");
        } finally {
            done.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_is_not_well_formed_is_refused() {
        create(Map.of());
        assertThat(fetch("m1", "&limit=0").problem()).isEqualTo("invalid-field");
        assertThat(fetch("m1", "&limit=x").problem()).isEqualTo("invalid-field");
        assertThat(fetch("m%201", "").problem()).isEqualTo("invalid-field");
        assertThat(fetch("m1", "&wait=soon").problem()).isEqualTo("invalid-field");
        assertThat(fetch("m1", "&members=2").problem()).isEqualTo("unknown-field");
        assertThat(settle("ada", "m1", List.of("first")).problem()).isEqualTo("invalid-field");
        assertThat(settle("ada", "m1", List.of(), "x~0").problem()).isEqualTo("invalid-field");
        var unknown = api.post("/api/subscriptions/s/acknowledgements", "ada", "{\"acks\":[]}");
        assertThat(unknown.problem()).isEqualTo("unknown-field");
    }
}
