package com.example.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** What the inventory gets of Muster by its annotations, whichever way it is run. Each test has items of its own. */
abstract class InventoryContract {

    @TempDir
    static Path home;

    private static Server server;

    /** Starts it on that folder; the same one again where it was ended. */
    abstract Server start(Path home) throws IOException;

    private Server server() throws IOException {
        if (server == null) {
            server = start(home);
        }
        return server;
    }

    @BeforeEach
    void startOnce() throws IOException {
        server();
    }

    static void end() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private String given(String item, int minimum, int onHand) {
        server.command("register-item", Map.of("itemId", item, "name", item, "minimum", minimum));
        return server.command("count-stock", Map.of("itemId", item, "onHand", onHand))
                .seen();
    }

    private JsonNode item(String item, String seen) {
        return server.get("/api/queries/get-item?itemId=" + item + "&after=" + seen)
                .body();
    }

    @Test
    void commands_and_queries_are_offered_and_described() {
        var api = server.get("/v3/api-docs").body();

        assertThat(api.at("/paths").propertyNames())
                .contains("/api/commands/reserve-stock", "/api/queries/find-items", "/api/commands/claim-task")
                .doesNotContain("/api/commands/expire-reservation");
        var reserve = server.get("/api/catalog")
                .body()
                .path("commands")
                .valueStream()
                .filter(command -> command.path("name").asString().equals("ReserveStock"))
                .findFirst()
                .orElseThrow();
        assertThat(reserve.at("/schema/required").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("itemId", "reservationId", "quantity");
    }

    @Test
    void a_repeated_command_is_answered_as_before_and_a_stale_one_is_refused() {
        given("washer", 0, 10);
        var reserve = Map.of("itemId", "washer", "reservationId", "r1", "quantity", 4);

        var first = server.command("reserve-stock", reserve, "Idempotency-Key", "k1", "If-Match", "\"1\"");
        var again = server.command("reserve-stock", reserve, "Idempotency-Key", "k1", "If-Match", "\"1\"");
        var stale = server.command("count-stock", Map.of("itemId", "washer", "onHand", 12), "If-Match", "\"1\"");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.body().at("/unseenEvents/0/type").asString()).isEqualTo("StockReserved");
        assertThat(item("washer", first.seen()).path("available").asInt()).isEqualTo(6);
    }

    @Test
    void what_is_not_available_is_refused_with_a_reason() {
        given("rivet", 0, 3);

        var refused = server.command("reserve-stock", Map.of("itemId", "rivet", "reservationId", "r1", "quantity", 4));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("stock-not-available");
    }

    @Test
    void items_are_found_by_what_is_low_of_them() {
        var seen = given("screw", 5, 2);

        var low = server.get("/api/queries/find-items?low=true&limit=500&after=" + seen)
                .body();
        var plenty = server.get("/api/queries/find-items?low=false&limit=500").body();

        assertThat(low.path("items").findValuesAsString("itemId")).contains("screw");
        assertThat(plenty.path("items").findValuesAsString("itemId")).doesNotContain("screw");
        assertThat(server.get("/api/queries/count-items").body().path("low").asInt())
                .isPositive();
    }

    @Test
    void every_query_is_answered_as_of_the_past_too() {
        given("nut", 5, 10);
        var counted = last("nut");
        var later = server.command("count-stock", Map.of("itemId", "nut", "onHand", 1))
                .seen();
        var query = "/api/queries/get-item?itemId=nut";

        assertThat(item("nut", later).path("low").asBoolean()).isTrue();
        assertThat(server.get(query + "&position=" + counted.path("position").asLong())
                        .body()
                        .path("onHand")
                        .asInt())
                .isEqualTo(10);
        assertThat(server.get(query + "&asOf=" + counted.path("time").asString())
                        .body()
                        .path("onHand")
                        .asInt())
                .isEqualTo(10);
        assertThat(server.get(query + "&position=-1").problem()).isEqualTo("item-not-found");
    }

    @Test
    void the_state_by_which_an_item_decides_can_be_looked_at_and_compared() {
        var seen = given("cable", 0, 10);

        var first = server.get("/api/queries/get-state?entity=item/cable&at=version:0&after=" + seen);
        var changed = server.get("/api/queries/compare-states?entity=item/cable&from=version:0&to=version:1");

        assertThat(first.body().at("/state/onHand").asInt()).isZero();
        assertThat(changed.body().at("/patch/0/path").asString()).isEqualTo("/onHand");
        assertThat(changed.body().at("/patch/0/value").asInt()).isEqualTo(10);
    }

    @Test
    void what_would_have_been_follows_from_the_rules_of_items_and_from_the_saga() {
        given("tube", 0, 10);
        var reserved = server.command("reserve-stock", Map.of("itemId", "tube", "reservationId", "r1", "quantity", 7));
        var before = item("tube", reserved.seen());

        var counts = Map.of("leaveOut", Map.of("entity", "item/tube", "type", "StockCounted"));
        var uncounted = server.post("/api/what-if", Map.of("changes", List.of(counts)));
        var trial = Map.of("itemId", "tube", "reservationId", "r2", "quantity", 2, "holdFor", "PT1H");
        var tried = server.post(
                "/api/what-if",
                Map.of(
                        "commands", List.of(Map.of("command", "reserve-stock", "fields", trial)),
                        "until",
                                Instant.parse(reserved.body().path("result").asString())
                                        .minusSeconds(1)));

        assertThat(uncounted.body().at("/impossible/0/type").asString()).isEqualTo("StockReserved");
        assertThat(uncounted.body().at("/impossible/0/why").asString()).contains("only 0 available");
        assertThat(tried.body().path("events").findValuesAsString("type"))
                .containsExactly("StockReserved", "ReservationReleased");
        assertThat(tried.body().at("/events/1/actor").asString()).isEqualTo("system:reservations");
        assertThat(item("tube", reserved.seen())).isEqualTo(before);
    }

    @Test
    void the_view_can_be_folded_again_beside_the_live_one_and_is_found_to_be_the_same() throws IOException {
        var seen = given("clamp", 5, 10);
        var before = item("clamp", seen);

        var begun = server.post("/api/processors/views/reset", Map.of("view", "items"));
        var ended = server.await(
                "/api/processors/views",
                status -> status.at("/replay/state").asString("").equals("done"));

        assertThat(begun.status()).isLessThan(300);
        assertThat(ended.at("/replay/report/same").asBoolean()).isTrue();
        assertThat(item("clamp", seen)).isEqualTo(before);
        assertThat(server.get("/api/queries/get-digest").body().path("views").has("items"))
                .isTrue();
        assertThat(server.post("/api/processors/reservations/pause", Map.of()).status())
                .isLessThan(300);
        assertThat(server.post("/api/processors/reservations/resume", Map.of()).status())
                .isLessThan(300);
    }

    @Test
    void what_the_document_says_is_offered_is_offered() throws IOException {
        var document = Files.readString(Path.of("..", "..", "docs", "your-own-domain.md"));
        var named = Pattern.compile("/api/(?:commands|queries)/[a-z-]+")
                .matcher(document)
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(server.get("/v3/api-docs").body().at("/paths").propertyNames())
                .containsAll(named);
    }

    /** The last event of an item, once it can be seen. */
    private JsonNode last(String item) {
        var history = server.await("/api/queries/get-history?entity=item/" + item, body -> !body.path("items")
                .isEmpty());
        return history.path("items").get(history.path("items").size() - 1);
    }

    @Test
    void what_is_not_shipped_in_time_is_released_by_the_saga_because_it_was_reserved() {
        given("anchor", 0, 10);
        var reserved = server.command(
                "reserve-stock", Map.of("itemId", "anchor", "reservationId", "r1", "quantity", 7, "holdFor", "PT0.2S"));
        assertThat(Instant.parse(reserved.body().path("result").asString())).isAfter(Instant.EPOCH);

        server.await(
                "/api/queries/get-item?itemId=anchor&after=" + reserved.seen(),
                item -> item.path("available").asInt() == 10);

        var released = last("anchor");
        assertThat(released.path("type").asString()).isEqualTo("ReservationReleased");
        assertThat(released.path("actor").asString()).isEqualTo("system:reservations");
        var causes = server.get(
                        "/api/queries/find-causes?event=" + released.path("id").asString())
                .body();
        assertThat(causes.at("/items/1/event/type").asString()).isEqualTo("StockReserved");
        var refused = server.command(
                "expire-reservation",
                Map.of("itemId", "anchor", "reservationId", "r1", "until", "2026-01-01T00:00:00Z"));
        assertThat(refused.problem()).isEqualTo("unknown-command");
    }

    @Test
    void what_was_lost_but_the_log_is_folded_again_and_nothing_is_done_twice() throws IOException {
        given("hook", 0, 10);
        server.command(
                "reserve-stock", Map.of("itemId", "hook", "reservationId", "r1", "quantity", 7, "holdFor", "PT0.2S"));
        server.await(
                "/api/queries/get-item?itemId=hook",
                item -> item.path("onHand").asInt() == 10
                        && item.path("reservations").isEmpty()
                        && !item.path("low").asBoolean());
        server.await(
                "/api/queries/get-history?entity=item/hook",
                body -> body.path("items").size() == 4);
        var reserved = server.command(
                "reserve-stock", Map.of("itemId", "hook", "reservationId", "r1", "quantity", 2, "holdFor", "PT1H"));
        var before = item("hook", reserved.seen());

        end();
        FileSystemUtils.deleteRecursively(home.resolve("views"));
        server();

        server.await("/api/queries/get-item?itemId=hook&after=" + reserved.seen(), before::equals);
        var shipped = server.command("ship-reservation", Map.of("itemId", "hook", "reservationId", "r1"));
        assertThat(shipped.body().path("version").asInt()).isEqualTo(5);
    }
}
