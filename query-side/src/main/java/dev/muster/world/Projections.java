package dev.muster.world;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Instances of projections that are given the log in its order, each event to all of them. */
public final class Projections {

    /** A projection, and what its class can handle. */
    private record Projection(Object instance, Handlers handlers) {}

    private final List<Projection> projections;
    private final Map<Class<?>, List<Projection>> concerned = new ConcurrentHashMap<>();

    /** @param parts makes the instances */
    public Projections(Parts parts, List<Class<?>> types) {
        this.projections = types.stream()
                .map(type -> new Projection(parts.make(type), Handlers.of(type)))
                .toList();
    }

    /** @throws FoldException if one of them fails */
    public void fold(TrackedEventMessage<?> event) {
        for (var projection : concerned(event.getPayloadType())) {
            var handler = projection.handlers.find(event);
            if (handler.isPresent()) {
                try {
                    handler.get().handle(event, projection.instance);
                } catch (Exception e) {
                    throw new FoldException(projection.instance.getClass(), event, e);
                }
            }
        }
    }

    /** Whether any of them may look at events of that type. */
    boolean handle(Class<?> payload) {
        return !concerned(payload).isEmpty();
    }

    private List<Projection> concerned(Class<?> payload) {
        var known = concerned.get(payload);
        return known != null
                ? known
                : concerned.computeIfAbsent(payload, type -> projections.stream()
                        .filter(projection -> projection.handlers.handles(type))
                        .toList());
    }
}
