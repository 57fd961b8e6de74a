package dev.muster.history;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/** Reads what is in the log now, whatever keeps it. Streams are to be closed. Thread-safe. */
public interface LogSource {

    /** The events after that token, from the beginning without one, up to the end of the log. */
    Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token);

    /** The events of that entity ({@code task/t-42}), in their order, with the tokens that they have in the log. */
    Stream<? extends TrackedEventMessage<?>> ofEntity(String entity);

    /** How many events the log has; hence the position of the next one. */
    long head();

    /**
     * The position that a moment stands for: the end of the longest beginning of the log in which no event is later.
     *
     * @return -1 if the first event is later already
     */
    long positionAsOf(Instant moment);

    /** The time of the event at that position, if there is one. */
    default Optional<Instant> timeAt(long position) {
        if (position < 0 || position >= head()) {
            return Optional.empty();
        }
        try (var events = after(position == 0 ? null : new GlobalSequenceTrackingToken(position - 1))) {
            return events.findFirst().map(TrackedEventMessage::getTimestamp);
        }
    }
}
