package dev.muster.ahead;

import java.util.List;
import java.util.function.Predicate;
import org.axonframework.eventhandling.EventMessage;

/**
 * Deserializes events, which they would otherwise be when they are first looked at. A message remembers what it was
 * deserialized to, and any thread may have it do so.
 */
final class Decoding {

    private Decoding() {}

    /**
     * Has these events deserialized, as far as somebody wants to look at them. What fails here fails again for who looks at it,
     * who is to be told.
     */
    static void of(List<? extends EventMessage<?>> events, Predicate<Class<?>> wanted) {
        for (var event : events) {
            try {
                if (wanted.test(event.getPayloadType())) {
                    event.getPayload();
                    event.getMetaData();
                }
            } catch (RuntimeException e) {
                return;
            }
        }
    }
}
