package dev.muster.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ChildServer;
import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Events are sent to a receiver, signed, until it has taken each; one that is gone is waited for. */
class WebhookTest {

    @TempDir
    static Path home;

    private static TestServer server;
    private static HttpApi api;
    private static int number;

    private final String id = "s" + number++;
    private Receiver receiver;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                home, "--muster.subscription.backoff=PT0.05S", "--muster.subscription.backoff-limit=PT0.2S");
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void end() {
        api.command("delete-subscription", "operator:kim", Map.of("subscriptionId", id));
        if (receiver != null) {
            receiver.close();
        }
    }

    private void receiver(int port, ToIntFunction<Receiver.Call> answer) throws IOException {
        receiver = new Receiver(port, answer);
    }

    private void subscribe(String url, Map<String, ?> more) {
        var fields = new HashMap<String, Object>(
                Map.of("subscriptionId", id, "webhook", url, "filter", Map.of("entity", "task/" + id)));
        fields.putAll(more);
        assertThat(api.command("create-subscription", "operator:kim", fields).status())
                .isEqualTo(200);
    }

    private void submit() {
        api.command("submit-task", "ada", Map.of("taskId", id, "title", "T"));
    }

    private JsonNode awaitView(Predicate<JsonNode> wanted) {
        return api.await("/api/queries/get-subscription?subscriptionId=" + id, wanted)
                .body();
    }

    private void awaitCalls(int count) {
        var until = System.nanoTime() + 20_000_000_000L;
        while (receiver.calls.size() < count && System.nanoTime() < until) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(receiver.calls).hasSizeGreaterThanOrEqualTo(count);
    }

    private List<String> types() {
        return receiver.calls.stream()
                .map(call -> call.event().get("type").asString())
                .toList();
    }

    private String secret() {
        return api.get("/api/subscriptions/" + id + "/secret")
                .body()
                .get("secret")
                .asString();
    }

    @Test
    void an_event_is_sent_as_a_cloud_event_with_a_signature_that_can_be_checked() throws IOException {
        receiver(0, call -> 204);
        subscribe(receiver.url(), Map.of());
        submit();
        awaitCalls(1);
        var call = receiver.calls.get(0);
        var event = api.get("/api/events?entity=task/" + id).body().at("/items/0");
        assertThat(call.event()).isEqualTo(event);
        assertThat(call.header("Content-Type")).startsWith("application/cloudevents+json");
        assertThat(call.header("webhook-id")).isEqualTo(event.get("id").asString());
        var secret = Base64.getDecoder().decode(secret().substring("whsec_".length()));
        assertThat(call.header("webhook-signature"))
                .isEqualTo(WebhookSecrets.signature(
                        secret,
                        call.header("webhook-id"),
                        Long.parseLong(call.header("webhook-timestamp")),
                        call.body().getBytes(StandardCharsets.UTF_8)));
        awaitView(seen -> seen.get("position").asLong() >= event.get("position").asLong());
    }

    @Test
    void what_the_receiver_fails_is_sent_again_in_order_and_with_the_same_id() throws IOException {
        var failures = new AtomicInteger(2);
        receiver(0, call -> failures.getAndDecrement() > 0 ? 500 : 200);
        subscribe(receiver.url(), Map.of());
        submit();
        api.command("comment-on-task", "ada", Map.of("taskId", id, "text", "x"));
        awaitCalls(4);
        assertThat(types()).containsExactly("TaskSubmitted", "TaskSubmitted", "TaskSubmitted", "TaskCommented");
        assertThat(receiver.calls.subList(0, 3))
                .extracting(call -> call.header("webhook-id"))
                .containsOnly(receiver.calls.get(0).header("webhook-id"));
        assertThat(receiver.calls).extracting(call -> call.header("muster-try")).containsExactly("1", "2", "3", "1");
    }

    @Test
    void what_the_receiver_fails_as_often_as_it_may_is_parked_and_the_next_is_sent() throws IOException {
        receiver(0, call -> call.event().get("type").asString().equals("TaskSubmitted") ? 500 : 200);
        subscribe(receiver.url(), Map.of("tries", 2));
        submit();
        api.command("comment-on-task", "ada", Map.of("taskId", id, "text", "x"));
        var seen = awaitView(view -> view.get("parked").size() == 1);
        assertThat(seen.at("/parked/0/delivery/error").asString()).isEqualTo("The receiver failed: it answered 500");
        awaitCalls(3);
        assertThat(types()).containsExactly("TaskSubmitted", "TaskSubmitted", "TaskCommented");
    }

    @Test
    void a_receiver_that_is_gone_is_waited_for_without_parking_and_the_view_says_why() throws IOException {
        var port = ChildServer.freePort();
        subscribe("http://127.0.0.1:" + port + "/", Map.of("tries", 1));
        submit();
        var paused = awaitView(seen -> seen.has("paused"));
        assertThat(paused.get("paused").asString()).isEqualTo("The receiver is gone: nobody accepts a connection");
        assertThat(paused.has("pausedSince")).isTrue();
        assertThat(paused.get("parked")).isEmpty();
        receiver(port, call -> 200);
        awaitCalls(1);
        assertThat(receiver.calls.get(0).header("muster-try")).isEqualTo("1");
        awaitView(seen -> !seen.has("paused") && !seen.has("pausedSince"));
    }

    @Test
    void a_receiver_that_says_not_now_is_waited_for_too() throws IOException {
        var refusals = new AtomicInteger(3);
        receiver(0, call -> refusals.getAndDecrement() > 0 ? 503 : 200);
        subscribe(receiver.url(), Map.of("tries", 1));
        submit();
        awaitCalls(4);
        awaitView(seen -> seen.get("parked").isEmpty() && seen.get("position").asLong() >= 0 && !seen.has("paused"));
    }

    @Test
    void a_redirect_is_not_followed() throws IOException {
        receiver(0, call -> 302);
        subscribe(receiver.url(), Map.of("tries", 1));
        submit();
        var seen = awaitView(view -> view.get("parked").size() == 1);
        assertThat(seen.at("/parked/0/delivery/error").asString())
                .isEqualTo("The receiver failed: it answered 302, and redirects are not followed");
        assertThat(receiver.calls).hasSize(1);
    }

    @Test
    void addresses_of_the_link_are_not_called() {
        subscribe("http://169.254.169.254/latest/meta-data", Map.of());
        submit();
        assertThat(awaitView(seen -> seen.has("paused")).get("paused").asString())
                .contains("link-local")
                .contains("muster.subscription.webhook-link-local");
    }

    @Test
    void a_secret_is_for_operators_is_in_no_event_and_is_another_one_on_demand() throws IOException {
        receiver(0, call -> 200);
        subscribe(receiver.url(), Map.of());
        var secret = secret();
        assertThat(secret).startsWith("whsec_").isEqualTo(secret());
        assertThat(api.get("/api/events?entity=subscription/" + id).body().toString())
                .contains(receiver.url())
                .doesNotContain(secret.substring(6));
        assertThat(Files.readString(home.resolve("keys").resolve("webhooks.key")))
                .doesNotContain(secret.substring(6));
        api.command("change-subscription", "operator:kim", Map.of("subscriptionId", id, "newSecret", true));
        var until = System.nanoTime() + 20_000_000_000L;
        while (secret().equals(secret) && System.nanoTime() < until) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(secret()).isNotEqualTo(secret);
    }

    @Test
    void members_fetch_nothing_of_what_the_server_sends() throws IOException {
        receiver(0, call -> 200);
        subscribe(receiver.url(), Map.of());
        assertThat(api.get("/api/subscriptions/" + id + "/deliveries").problem())
                .isEqualTo("subscription-has-webhook");
    }

    @Test
    void only_addresses_that_could_be_called_are_taken() {
        for (var url : List.of("ftp://example.org", "http://", "/events", "http://kim:pw@example.org", "http://a b")) {
            var answer =
                    api.command("create-subscription", "operator:kim", Map.of("subscriptionId", id, "webhook", url));
            assertThat(answer.problem()).as(url).isEqualTo("invalid-field");
            assertThat(answer.body().toString()).doesNotContain("pw@");
        }
    }
}
