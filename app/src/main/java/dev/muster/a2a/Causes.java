package dev.muster.a2a;

import dev.muster.history.HistoryEvent;
import dev.muster.http.RequestContext;
import dev.muster.message.MetaKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How it shows in the log which A2A message led to a command. The message is the request that the events name as their
 * cause, and its context the undertaking that they belong to; so nothing has to be kept beside them.
 */
final class Causes {

    private static final String REQUEST = "request:a2a:";

    private Causes() {}

    /** The metadata of a command that a message leads to. */
    static Map<String, Object> metadata(
            RequestContext caller, String messageId, String contextId, @Nullable String key) {
        var metadata = new HashMap<>(caller.with(key, null).metadata());
        metadata.put(MetaKeys.CAUSATION_ID, REQUEST + messageId);
        metadata.put(MetaKeys.CORRELATION_ID, contextId);
        return metadata;
    }

    static boolean isByClient(HistoryEvent event) {
        return messageId(event).isPresent();
    }

    /** The message that led to an event; none if it came about otherwise. */
    static Optional<String> messageId(HistoryEvent event) {
        return Optional.ofNullable(event.causationId())
                .filter(cause -> cause.startsWith(REQUEST))
                .map(cause -> cause.substring(REQUEST.length()));
    }

    /** The metadata of a command that belongs to a context, and that no message led to. */
    static Map<String, Object> metadata(RequestContext caller, String contextId) {
        var metadata = new HashMap<>(caller.metadata());
        metadata.put(MetaKeys.CORRELATION_ID, contextId);
        return metadata;
    }

    /** The context that an entity belongs to, as its first event tells it; its own where it tells none. */
    static String contextId(HistoryEvent first, WorkId id) {
        return Optional.ofNullable(first.correlationId()).orElse(id.toString());
    }
}
