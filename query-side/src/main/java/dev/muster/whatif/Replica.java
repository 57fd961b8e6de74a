package dev.muster.whatif;

import dev.muster.history.Aggregates;
import dev.muster.message.Objection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.jspecify.annotations.Nullable;

/**
 * An entity of a changed history: the events that remain of it, and its aggregate as they leave it, which is asked whether a
 * further event could have happened. Not thread-safe.
 */
final class Replica {

    private static final EventBus SILENT = SimpleEventBus.builder().build();

    private final Aggregates aggregates;
    private final List<DomainEventMessage<?>> events = new ArrayList<>();
    private @Nullable EventSourcedAggregate<?> aggregate;

    Replica(Aggregates aggregates, List<DomainEventMessage<?>> events) {
        this.aggregates = aggregates;
        events.forEach(this::apply);
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    int size() {
        return events.size();
    }

    /** Why the event could not follow; nothing if it could. */
    Optional<String> objection(DomainEventMessage<?> event) {
        if (events.isEmpty() && event.getSequenceNumber() > 0) {
            return Optional.of("nothing of " + event.getAggregateIdentifier() + " is left");
        }
        var known = aggregate;
        if (known == null) {
            return aggregates.ofType(event.getType()).flatMap(model -> objection(fresh(model, event), event));
        }
        return objection(known.getAggregateRoot(), event);
    }

    /** An aggregate before its first event. */
    private static Object fresh(AggregateModel<?> model, DomainEventMessage<?> event) {
        return new GenericAggregateFactory<>(model).createAggregateRoot(event.getAggregateIdentifier(), event);
    }

    private static Optional<String> objection(Object root, DomainEventMessage<?> event) {
        return method(root.getClass(), event.getPayloadType()).map(method -> {
            try {
                method.setAccessible(true);
                return (String) method.invoke(root, event.getPayload());
            } catch (InvocationTargetException e) {
                return "its aggregate can't say whether it could: " + e.getCause();
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Optional<Method> method(Class<?> type, Class<?> event) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Objection.class)
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0].isAssignableFrom(event))
                .findFirst();
    }

    void apply(DomainEventMessage<?> event) {
        events.add(event);
        if (aggregate == null) {
            aggregate = aggregates
                    .ofType(event.getType())
                    .map(model -> initialize(model, event))
                    .orElse(null);
        }
        if (aggregate != null) {
            aggregate.initializeState(DomainEventStream.of(event));
        }
    }

    private static <T> EventSourcedAggregate<T> initialize(AggregateModel<T> model, DomainEventMessage<?> first) {
        var root = new GenericAggregateFactory<>(model).createAggregateRoot(first.getAggregateIdentifier(), first);
        return EventSourcedAggregate.initialize(root, model, SILENT, NoSnapshotTriggerDefinition.TRIGGER);
    }

    /** As it was when it had only so many events. */
    Replica cutTo(int size) {
        return new Replica(aggregates, events.subList(0, size));
    }
}
