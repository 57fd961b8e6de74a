package dev.muster.world;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Instances of projections that are given the log in its order, each event to all of them. */
public final class Projections {

    private final List<Object> instances;

    /** @param parts makes the instances */
    public Projections(Parts parts, List<Class<?>> types) {
        this.instances = types.stream().<Object>map(parts::make).toList();
    }

    /** @throws FoldException if one of them fails */
    public void fold(TrackedEventMessage<?> event) {
        for (var projection : instances) {
            var handler = Handlers.of(projection.getClass()).find(event);
            if (handler.isPresent()) {
                try {
                    handler.get().handle(event, projection);
                } catch (Exception e) {
                    throw new FoldException(projection.getClass(), event, e);
                }
            }
        }
    }
}
