package dev.muster.subscription;

import dev.muster.evolution.EventPart;
import dev.muster.message.InvalidField;
import java.util.Comparator;

/**
 * Names what a subscription delivers: an event, by its position in the log, and by its part where the stored event was split
 * ({@code 1200~2}). An event is delivered under the same name however often. In messages it is a text.
 *
 * @param part from 1, which is also that of an event that was not split
 */
public record DeliveryId(long position, int part) implements Comparable<DeliveryId> {

    private static final Comparator<DeliveryId> IN_THE_LOG =
            Comparator.comparingLong(DeliveryId::position).thenComparingInt(DeliveryId::part);

    /** The event at that position that has that identifier. */
    public static DeliveryId of(long position, String eventId) {
        return new DeliveryId(position, EventPart.parse(eventId).number());
    }

    /**
     * Reads what {@link #toString} has written.
     *
     * @throws InvalidField if it is something else
     */
    public static DeliveryId parse(String field, String text) {
        var part = EventPart.parse(text);
        if (!part.event().matches("\\d{1,18}")) {
            throw new InvalidField(field, "must be the id of a delivery, as in 1200 or 1200~2, but is " + text);
        }
        return new DeliveryId(Long.parseLong(part.event()), part.number());
    }

    @Override
    public int compareTo(DeliveryId other) {
        return IN_THE_LOG.compare(this, other);
    }

    @Override
    public String toString() {
        return new EventPart(Long.toString(position), part).identifier();
    }
}
