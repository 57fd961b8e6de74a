package dev.muster.world;

import dev.muster.message.EventContent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** A projection could not take an event, so what it would answer from there on would be wrong. */
public final class FoldException extends RuntimeException {

    FoldException(Class<?> projection, TrackedEventMessage<?> event, Exception cause) {
        super(
                projection.getSimpleName() + " can't fold " + EventContent.nameOf(event)
                        + (event instanceof DomainEventMessage<?> domain
                                ? " of " + domain.getAggregateIdentifier()
                                : "")
                        + " at position " + event.trackingToken().position().orElse(-1) + ": " + cause.getMessage(),
                cause);
    }
}
