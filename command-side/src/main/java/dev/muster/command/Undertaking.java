package dev.muster.command;

import dev.muster.message.MetaKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/**
 * What is handed on from message to message: the undertaking and the trace, and nothing else. It takes the place of
 * Axon's own provider, which means other things by these names.
 */
public final class Undertaking implements CorrelationDataProvider {

    private static final List<String> HANDED_ON = List.of(MetaKeys.CORRELATION_ID, MetaKeys.TRACE_PARENT);

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        var data = new HashMap<String, Object>();
        for (var key : HANDED_ON) {
            var value = message.getMetaData().get(key);
            if (value != null) {
                data.put(key, value);
            }
        }
        return data;
    }
}
