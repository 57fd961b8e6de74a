package dev.muster.world;

import dev.muster.message.MessageNames;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** A projection could not take an event, so what it would answer from there on would be wrong. */
public final class FoldException extends RuntimeException {

    FoldException(Class<?> projection, TrackedEventMessage<?> event, Exception cause) {
        super(
                projection.getSimpleName() + " can't fold " + MessageNames.nameOf(event.getPayloadType())
                        + (event instanceof DomainEventMessage<?> domain
                                ? " of " + domain.getAggregateIdentifier()
                                : "")
                        + " at position " + event.trackingToken().position().orElse(-1) + ": " + cause.getMessage(),
                cause);
    }
}
