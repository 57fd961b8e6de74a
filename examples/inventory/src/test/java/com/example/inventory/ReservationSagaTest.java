package com.example.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.inventory.ItemCommand.ExpireReservation;
import com.example.inventory.ItemEvent.ReservationShipped;
import com.example.inventory.ItemEvent.StockReserved;
import dev.muster.message.Cause;
import dev.muster.message.Problem;
import dev.muster.message.SystemCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a reservation when time passes. */
class ReservationSagaTest {

    private static final ItemId BOLT = ItemId.of("bolt");
    private static final Duration HOUR = Duration.ofHours(1);

    private final SagaTestFixture<ReservationSaga> saga = new SagaTestFixture<>(ReservationSaga.class);
    private final List<Object> sent = new ArrayList<>();
    private Instant until = Instant.EPOCH;

    @BeforeEach
    void register() {
        saga.registerResource(new SystemCommands() {
            @Override
            public Optional<Problem> send(String name, Object command, Cause cause) {
                sent.add(command);
                return Optional.empty();
            }
        });
        until = saga.currentTime().plus(HOUR);
    }

    @Test
    void what_was_not_shipped_in_time_is_released() throws Exception {
        saga.givenAPublished(new StockReserved(BOLT, "r1", 7, until)).whenTimeElapses(HOUR);

        assertThat(sent).containsExactly(new ExpireReservation(BOLT, "r1", until));
    }

    @Test
    void what_was_shipped_is_done_with() throws Exception {
        saga.givenAPublished(new StockReserved(BOLT, "r1", 7, until))
                .andThenAPublished(new ReservationShipped(BOLT, "r1", 7))
                .whenTimeElapses(HOUR)
                .expectActiveSagas(0);

        assertThat(sent).isEmpty();
    }

    @Test
    void a_reservation_of_another_item_is_another_one() throws Exception {
        saga.givenAPublished(new StockReserved(BOLT, "r1", 7, until))
                .whenPublishingA(new ReservationShipped(ItemId.of("nut"), "r1", 7))
                .expectActiveSagas(1);
    }
}
