package dev.muster.message;

import java.time.Duration;
import java.time.Instant;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** A log that is read in another way than the one below it; where it begins and ends is the same. */
public abstract class DecoratedLog implements StreamableMessageSource<TrackedEventMessage<?>> {

    private final StreamableMessageSource<TrackedEventMessage<?>> log;

    protected DecoratedLog(StreamableMessageSource<TrackedEventMessage<?>> log) {
        this.log = log;
    }

    /** The one below. */
    protected final StreamableMessageSource<TrackedEventMessage<?>> log() {
        return log;
    }

    @Override
    public @Nullable TrackingToken createTailToken() {
        return log.createTailToken();
    }

    @Override
    public @Nullable TrackingToken createHeadToken() {
        return log.createHeadToken();
    }

    @Override
    public @Nullable TrackingToken createTokenAt(Instant dateTime) {
        return log.createTokenAt(dateTime);
    }

    @Override
    public @Nullable TrackingToken createTokenSince(Duration duration) {
        return log.createTokenSince(duration);
    }
}
