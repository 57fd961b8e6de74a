package com.example.inventory;

import dev.muster.message.Check;
import dev.muster.message.Description;
import dev.muster.message.RequiresRole;
import dev.muster.message.Role;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an item. */
public sealed interface ItemCommand {

    ItemId itemId();

    @Description("Make an item known, of which there is nothing yet")
    record RegisterItem(
            @Description("The identifier it is to have; the server makes one if left out") @TargetAggregateIdentifier
            ItemId itemId,

            @Description("A name for people") String name,

            @Description("How many should always be available; nothing if left out") @Nullable
            Integer minimum)
            implements ItemCommand {
        public RegisterItem {
            Check.text("name", name, 200);
            minimum = minimum == null ? 0 : (int) Check.range("minimum", minimum, 0, 1_000_000);
        }
    }

    @Description("Say how many of an item are there, reserved or not")
    record CountStock(
            @TargetAggregateIdentifier ItemId itemId,
            @Description("How many were counted") int onHand) implements ItemCommand {
        public CountStock {
            Check.range("onHand", onHand, 0, 1_000_000);
        }
    }

    @Description("Set some of an item aside, until they are shipped or the time is over")
    record ReserveStock(
            @TargetAggregateIdentifier ItemId itemId,

            @Description("What it is reserved for; unique among the item's")
            String reservationId,

            @Description("How many") int quantity,

            @Description("How long they are held; a day if left out") @Nullable
            Duration holdFor)
            implements ItemCommand {
        public ReserveStock {
            Check.text("reservationId", reservationId, 100);
            Check.range("quantity", quantity, 1, 1_000_000);
            holdFor = holdFor == null ? Duration.ofDays(1) : holdFor;
        }
    }

    @Description("Make available again what was reserved")
    record ReleaseReservation(@TargetAggregateIdentifier ItemId itemId, String reservationId) implements ItemCommand {}

    @Description("Ship what was reserved")
    record ShipReservation(@TargetAggregateIdentifier ItemId itemId, String reservationId) implements ItemCommand {}

    /** Offered to nobody outside: the saga sends it when the time is over. */
    @RequiresRole(Role.SYSTEM)
    @Description("Release what was not shipped in time")
    record ExpireReservation(@TargetAggregateIdentifier ItemId itemId, String reservationId, Instant until)
            implements ItemCommand {}
}
