package dev.muster.view;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;

/**
 * Gives an event to those handlers alone that could handle its type, which each is asked once. Axon's invoker asks each for each event,
 * and first whether it could be reset, which goes through all of its methods. Thread-safe.
 */
public final class TypedHandlers implements EventHandlerInvoker {

    private final MultiEventHandlerInvoker all;
    private final Map<Class<?>, List<EventHandlerInvoker>> byType = new ConcurrentHashMap<>();

    public TypedHandlers(EventHandlerInvoker handlers) {
        this.all = new MultiEventHandlerInvoker(handlers);
    }

    private List<EventHandlerInvoker> of(Class<?> payloadType) {
        var known = byType.get(payloadType);
        return known == null ? byType.computeIfAbsent(payloadType, this::find) : known;
    }

    private List<EventHandlerInvoker> find(Class<?> payloadType) {
        return all.delegates().stream()
                .filter(each -> each.canHandleType(payloadType))
                .toList();
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        for (var each : of(event.getPayloadType())) {
            if (canHandle(each, event, segment)) {
                return true;
            }
        }
        return false;
    }

    private static boolean canHandle(EventHandlerInvoker each, EventMessage<?> event, Segment segment) {
        return (!ReplayToken.isReplay(event) || each.supportsReset()) && each.canHandle(event, segment);
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return !of(payloadType).isEmpty();
    }

    @Override
    public void handle(EventMessage<?> event, Segment segment) throws Exception {
        for (var each : of(event.getPayloadType())) {
            if (canHandle(each, event, segment)) {
                each.handle(event, segment);
            }
        }
    }

    @Override
    public boolean supportsReset() {
        return all.supportsReset();
    }

    @Override
    public void performReset() {
        all.performReset();
    }

    @Override
    public <R> void performReset(R resetContext) {
        all.performReset(resetContext);
    }
}
