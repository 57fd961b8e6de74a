package dev.muster.mission;

import dev.muster.message.EntityId;
import dev.muster.task.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;

/** Tells a projection what happened, and when. */
final class MissionStory {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final AnnotationEventHandlerAdapter projection;
    private final Map<String, Long> versions = new HashMap<>();
    private long position;
    private Instant clock = NOW;

    MissionStory(MissionProjection projection) {
        this.projection = new AnnotationEventHandlerAdapter(projection);
    }

    /** What happened, all of it now and in one batch. */
    void tell(Object... events) {
        tried(events).optionalExceptionResult().ifPresent(failure -> {
            throw new AssertionError(failure);
        });
    }

    /** What happened once that time had passed. */
    void tell(Duration later, Object... events) {
        clock = clock.plus(later);
        tell(events);
    }

    /** What must not have happened. */
    Throwable failing(Object... events) {
        return tried(events).exceptionResult();
    }

    private ResultMessage<?> tried(Object... events) {
        var batch = new ArrayList<EventMessage<?>>();
        for (var event : events) {
            batch.add(message(event));
        }
        Iterator<EventMessage<?>> each = batch.iterator();
        return new BatchingUnitOfWork<>(batch).executeWithResult(() -> {
            projection.handle(each.next());
            return "handled";
        });
    }

    private EventMessage<?> message(Object event) {
        var entity = (EntityId) (event instanceof TaskEvent task ? task.taskId() : ((MissionEvent) event).missionId());
        var version = versions.merge(entity.stored(), 1L, Long::sum) - 1;
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>(
                        entity.type(),
                        entity.stored(),
                        version,
                        event,
                        MetaData.emptyInstance(),
                        "e" + position++,
                        clock));
    }
}
