package dev.muster.message;

import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/**
 * What leads to a command that nobody has sent from outside: an event, and the undertaking that it belongs to.
 *
 * @param eventId the identifier of the event
 * @param correlationId the undertaking; none if the event names none
 */
public record Cause(String eventId, @Nullable String correlationId) {

    public static Cause of(EventMessage<?> event) {
        return new Cause(event.getIdentifier(), (String) event.getMetaData().get(MetaKeys.CORRELATION_ID));
    }

    /** As it stands in the metadata of the command. */
    public Map<String, String> metadata() {
        var metadata = new HashMap<String, String>();
        metadata.put(MetaKeys.CAUSATION_ID, eventId);
        if (correlationId != null) {
            metadata.put(MetaKeys.CORRELATION_ID, correlationId);
        }
        return metadata;
    }
}
