package com.example.inventory;

import static org.hamcrest.Matchers.equalTo;

import com.example.inventory.ItemCommand.CountStock;
import com.example.inventory.ItemCommand.ExpireReservation;
import com.example.inventory.ItemCommand.ReserveStock;
import com.example.inventory.ItemCommand.ShipReservation;
import com.example.inventory.ItemEvent.ItemRegistered;
import com.example.inventory.ItemEvent.ReservationReleased;
import com.example.inventory.ItemEvent.ReservationShipped;
import com.example.inventory.ItemEvent.StockCounted;
import com.example.inventory.ItemEvent.StockReserved;
import dev.muster.message.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

/** What may be done with an item. */
class ItemTest {

    private static final ItemId BOLT = ItemId.of("bolt");
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final AggregateTestFixture<Item> item = new AggregateTestFixture<>(Item.class);

    private TestExecutor<Item> givenTenBolts(Object... events) {
        item.registerInjectableResource(Clock.fixed(NOW, ZoneOffset.UTC));
        return item.given(new ItemRegistered(BOLT, "Bolt", 5), new StockCounted(BOLT, 10))
                .andGiven(events);
    }

    @Test
    void what_is_reserved_is_held_until_its_time_is_over() {
        givenTenBolts()
                .when(new ReserveStock(BOLT, "r1", 7, HOUR))
                .expectEvents(new StockReserved(BOLT, "r1", 7, NOW.plus(HOUR)))
                .expectResultMessagePayload(NOW.plus(HOUR));
    }

    @Test
    void no_more_is_reserved_than_is_available() {
        givenTenBolts(new StockReserved(BOLT, "r1", 7, NOW))
                .when(new ReserveStock(BOLT, "r2", 4, HOUR))
                .expectException(refusedAs("stock-not-available"));
    }

    @Test
    void no_fewer_are_counted_than_are_reserved() {
        givenTenBolts(new StockReserved(BOLT, "r1", 7, NOW))
                .when(new CountStock(BOLT, 6))
                .expectException(refusedAs("stock-reserved"));
    }

    @Test
    void what_is_reserved_can_be_shipped() {
        givenTenBolts(new StockReserved(BOLT, "r1", 7, NOW))
                .when(new ShipReservation(BOLT, "r1"))
                .expectEvents(new ReservationShipped(BOLT, "r1", 7));
    }

    @Test
    void what_was_shipped_is_not_shipped_again() {
        givenTenBolts(new StockReserved(BOLT, "r1", 7, NOW), new ReservationShipped(BOLT, "r1", 7))
                .when(new ShipReservation(BOLT, "r1"))
                .expectException(refusedAs("reservation-not-open"));
    }

    @Test
    void a_reservation_whose_time_is_over_is_released() {
        givenTenBolts(new StockReserved(BOLT, "r1", 7, NOW))
                .when(new ExpireReservation(BOLT, "r1", NOW))
                .expectEvents(new ReservationReleased(BOLT, "r1", 7, true));
    }

    @Test
    void a_later_reservation_of_the_same_identifier_is_not_released_instead() {
        givenTenBolts(new StockReserved(BOLT, "r1", 7, NOW.plus(HOUR)))
                .when(new ExpireReservation(BOLT, "r1", NOW))
                .expectException(refusedAs("reservation-not-open"));
    }

    private static Matcher<?> refusedAs(String code) {
        return new FeatureMatcher<Refusal, String>(equalTo(code), "refused as", "code") {
            @Override
            protected String featureValueOf(Refusal refusal) {
                return refusal.problem().code();
            }
        };
    }
}
