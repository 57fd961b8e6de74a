package dev.muster.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as it is stored: in the form in which it was written, before any upcaster.
 *
 * @param position where it stands in the log, from 0; of no matter where it is appended
 * @param time the domain's time
 * @param aggregateType what its aggregate is; null if it is an event of no aggregate, which is the only one of a stream of
 *     its own
 * @param sequence its number among the events of its aggregate, from 0
 * @param payloadType the stored name of the event
 * @param revision of its shape, if it has one
 * @param payload what it says; JSON if the serializer of the log writes that
 * @param metaData what is said about it, likewise
 */
public record StoredEvent(
        long position,
        String eventId,
        Instant time,
        @Nullable String aggregateType,
        String aggregateId,
        long sequence,
        String payloadType,
        @Nullable String revision,
        byte[] payload,
        byte[] metaData) {

    /** Equal where all is, the bytes too. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredEvent that
                && position == that.position
                && sequence == that.sequence
                && eventId.equals(that.eventId)
                && time.equals(that.time)
                && Objects.equals(aggregateType, that.aggregateType)
                && aggregateId.equals(that.aggregateId)
                && payloadType.equals(that.payloadType)
                && Objects.equals(revision, that.revision)
                && Arrays.equals(payload, that.payload)
                && Arrays.equals(metaData, that.metaData);
    }

    @Override
    public int hashCode() {
        return Objects.hash(position, eventId, sequence);
    }

    /** Without the bytes. */
    @Override
    public String toString() {
        return payloadType + " " + eventId + " of " + aggregateId + "@" + sequence + " at position " + position;
    }
}
