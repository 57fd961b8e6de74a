package dev.muster.history;

import dev.muster.evolution.EventPart;
import dev.muster.message.Actor;
import dev.muster.message.EventContent;
import dev.muster.message.MetaKeys;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands in the log, and what it can be found by. What it says is read from the log itself.
 *
 * @param event the identifier of the event; of the second part of a stored event it is {@code <id>~2}
 * @param cause what led to its command: the identifier of an event, or of a client's request
 * @param command the identifier of its command
 */
public record HistoryRow(
        long position,
        String event,
        String entity,
        long sequence,
        String type,
        String actor,
        @Nullable String correlationId,
        @Nullable String cause,
        @Nullable String command,
        Instant time) {

    /** So many as the greatest position has. */
    private static final int DIGITS = 19;

    /** The row of an event. The engine must give it a position. */
    public static HistoryRow of(EventMessage<?> event, @Nullable TrackingToken token) {
        var domain = event instanceof DomainEventMessage<?> known ? known : null;
        var meta = event.getMetaData();
        return new HistoryRow(
                Optional.ofNullable(token)
                        .map(TrackingToken::position)
                        .orElseGet(OptionalLong::empty)
                        .orElseThrow(() -> new IllegalStateException("The log has no positions: " + token)),
                event.getIdentifier(),
                domain == null ? event.getIdentifier() : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                EventContent.nameOf(event),
                Actor.of((String) meta.get(MetaKeys.ACTOR)).name(),
                (String) meta.get(MetaKeys.CORRELATION_ID),
                (String) meta.get(MetaKeys.CAUSATION_ID),
                (String) meta.get(MetaKeys.COMMAND_ID),
                event.getTimestamp());
    }

    /** Which part it is of the stored event at its position; from 1. */
    public int part() {
        return EventPart.parse(event).number();
    }

    /** In the order of the log: the position, padded; parts of one stored event share it. */
    String key() {
        var digits = Long.toString(position);
        var padded = "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
        return new EventPart(padded, part()).identifier();
    }

    /** An entity at a version, as the answers to commands name it: {@code task/t-42@8}. */
    static String version(String entity, long sequence) {
        return entity + "@" + sequence;
    }
}
