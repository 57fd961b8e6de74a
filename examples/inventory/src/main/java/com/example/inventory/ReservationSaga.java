package com.example.inventory;

import com.example.inventory.ItemCommand.ExpireReservation;
import com.example.inventory.ItemEvent.ReservationReleased;
import com.example.inventory.ItemEvent.ReservationShipped;
import com.example.inventory.ItemEvent.StockReserved;
import dev.muster.message.Cause;
import dev.muster.message.SystemCommands;
import java.util.Objects;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what is reserved is shipped in time, or becomes available again. It can be made again from the log: its
 * deadline is the one that the event names, and a release that comes a second time is refused by the item.
 */
@Revision("1")
@Saga
@ProcessingGroup("reservations")
public class ReservationSaga {

    private static final String OVERDUE = "reservation-overdue";

    private @Nullable ExpireReservation release;
    private @Nullable Cause reserved;

    @StartSaga
    @SagaEventHandler(associationProperty = "reservation")
    void on(StockReserved event, EventMessage<?> message, DeadlineManager deadlines) {
        release = new ExpireReservation(event.itemId(), event.reservationId(), event.until());
        reserved = Cause.of(message);
        deadlines.schedule(event.until(), OVERDUE);
    }

    @DeadlineHandler(deadlineName = OVERDUE)
    void isOverdue(DeadlineMessage<?> deadline, SystemCommands commands) {
        commands.send("reservations", Objects.requireNonNull(release), Objects.requireNonNull(reserved));
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "reservation")
    void on(ReservationShipped event) {}

    @EndSaga
    @SagaEventHandler(associationProperty = "reservation")
    void on(ReservationReleased event) {}
}
