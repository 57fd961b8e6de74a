package dev.muster.history;

import dev.muster.message.JsonMappers;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.SimpleEventBus;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.inspection.AggregateModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Folds the events of an entity by its aggregate's own handlers, as they are folded when a command comes. */
final class StateFold {

    /** Nothing is published while events are folded. */
    private static final EventBus SILENT = SimpleEventBus.builder().build();

    private final Aggregates aggregates;
    private final JsonMapper json = JsonMappers.state(JsonMapper.builder()).build();

    StateFold(Aggregates aggregates) {
        this.aggregates = aggregates;
    }

    /**
     * The state after these events.
     *
     * @return nothing if there is no aggregate of the type that the first one has
     */
    Optional<JsonNode> fold(List<DomainEventMessage<?>> events) {
        return aggregates
                .ofType(events.get(0).getType())
                .map(model -> outsideOfAnyUnitOfWork(() -> fold(model, events)));
    }

    private <T> JsonNode fold(AggregateModel<T> model, List<DomainEventMessage<?>> events) {
        var first = events.get(0);
        var root = new GenericAggregateFactory<>(model).createAggregateRoot(first.getAggregateIdentifier(), first);
        var aggregate = EventSourcedAggregate.initialize(root, model, SILENT, NoSnapshotTriggerDefinition.TRIGGER);
        aggregate.initializeState(DomainEventStream.of(events));
        return json.valueToTree(aggregate.getAggregateRoot());
    }

    /** What is being handled in this thread has nothing to do with it. */
    private static <T> T outsideOfAnyUnitOfWork(Supplier<T> work) {
        var outer = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get() : null;
        if (outer != null) {
            CurrentUnitOfWork.clear(outer);
        }
        try {
            return work.get();
        } finally {
            if (outer != null) {
                CurrentUnitOfWork.set(outer);
            }
        }
    }
}
