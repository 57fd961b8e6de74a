package com.example.inventory;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.example.inventory.ItemCommand.CountStock;
import com.example.inventory.ItemCommand.ExpireReservation;
import com.example.inventory.ItemCommand.RegisterItem;
import com.example.inventory.ItemCommand.ReleaseReservation;
import com.example.inventory.ItemCommand.ReserveStock;
import com.example.inventory.ItemCommand.ShipReservation;
import com.example.inventory.ItemEvent.ItemRegistered;
import com.example.inventory.ItemEvent.OfReservation;
import com.example.inventory.ItemEvent.ReservationReleased;
import com.example.inventory.ItemEvent.ReservationShipped;
import com.example.inventory.ItemEvent.StockCounted;
import com.example.inventory.ItemEvent.StockReserved;
import dev.muster.message.Objection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** One item. Of what is there, no more is ever reserved than there is. */
@Revision("1")
@Aggregate(type = "item")
public class Item {

    @AggregateIdentifier
    private @Nullable ItemId id;

    private int onHand;

    private Map<String, Held> reserved = new LinkedHashMap<>();

    /** What a reservation holds, and how long. */
    private record Held(int quantity, Instant until) {}

    /** For Axon. */
    protected Item() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RegisterItem command) {
        if (id != null) {
            throw ItemRefusals.exists(id);
        }
        apply(new ItemRegistered(command.itemId(), command.name(), Objects.requireNonNull(command.minimum())));
    }

    @CommandHandler
    void handle(CountStock command) {
        if (command.onHand() < allHeld()) {
            throw ItemRefusals.reserved(command.itemId(), allHeld());
        }
        apply(new StockCounted(command.itemId(), command.onHand()));
    }

    @CommandHandler
    Instant handle(ReserveStock command, Clock clock) {
        if (reserved.containsKey(command.reservationId())) {
            throw ItemRefusals.reservationExists(command.itemId(), command.reservationId());
        }
        if (command.quantity() > onHand - allHeld()) {
            throw ItemRefusals.notAvailable(command.itemId(), command.quantity(), onHand - allHeld());
        }
        var until = clock.instant().plus(Objects.requireNonNull(command.holdFor()));
        apply(new StockReserved(command.itemId(), command.reservationId(), command.quantity(), until));
        return until;
    }

    @CommandHandler
    void handle(ReleaseReservation command) {
        var held = held(command.itemId(), command.reservationId());
        apply(new ReservationReleased(command.itemId(), command.reservationId(), held.quantity(), false));
    }

    /** It may come late, or twice; the reservation it is meant for is told from a later one of that identifier by its time. */
    @CommandHandler
    void handle(ExpireReservation command) {
        var held = held(command.itemId(), command.reservationId());
        if (!held.until().equals(command.until())) {
            throw ItemRefusals.noReservation(command.itemId(), command.reservationId());
        }
        apply(new ReservationReleased(command.itemId(), command.reservationId(), held.quantity(), true));
    }

    @CommandHandler
    void handle(ShipReservation command) {
        var held = held(command.itemId(), command.reservationId());
        apply(new ReservationShipped(command.itemId(), command.reservationId(), held.quantity()));
    }

    private int allHeld() {
        return reserved.values().stream().mapToInt(Held::quantity).sum();
    }

    private Held held(ItemId item, String reservation) {
        var held = reserved.get(reservation);
        if (held == null) {
            throw ItemRefusals.noReservation(item, reservation);
        }
        return held;
    }

    /** Asked by what-if alone. */
    @Objection
    @Nullable
    String objection(ItemEvent event) {
        if (id == null) {
            return event instanceof ItemRegistered ? null : "it was never registered";
        }
        if (event instanceof StockReserved wanted) {
            var available = onHand - allHeld();
            return wanted.quantity() <= available ? null : "it had only " + available + " available";
        }
        return event instanceof OfReservation of && !reserved.containsKey(of.reservationId())
                ? "it had no reservation " + of.reservationId()
                : null;
    }

    @EventSourcingHandler
    void on(ItemRegistered event) {
        id = event.itemId();
    }

    @EventSourcingHandler
    void on(StockCounted event) {
        onHand = event.onHand();
    }

    @EventSourcingHandler
    void on(StockReserved event) {
        reserved.put(event.reservationId(), new Held(event.quantity(), event.until()));
    }

    @EventSourcingHandler
    void on(ReservationReleased event) {
        reserved.remove(event.reservationId());
    }

    @EventSourcingHandler
    void on(ReservationShipped event) {
        reserved.remove(event.reservationId());
        onHand -= event.quantity();
    }
}
