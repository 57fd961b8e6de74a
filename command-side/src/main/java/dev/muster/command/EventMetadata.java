package dev.muster.command;

import dev.muster.message.Actor;
import dev.muster.message.MessageNames;
import dev.muster.message.MetaKeys;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Gives the events of a command the metadata they are recorded with: who, by which command, caused by what, when. It runs
 * when the command has been handled and nothing is appended yet, so that the answer can be recorded beside the key.
 */
public final class EventMetadata implements MessageDispatchInterceptor<EventMessage<?>> {

    private static final List<String> TAKEN_OVER = List.of(
            MetaKeys.AUTH_ID,
            MetaKeys.ON_BEHALF_OF,
            MetaKeys.CAUSATION_ID,
            MetaKeys.CORRELATION_ID,
            MetaKeys.REASON,
            MetaKeys.IMPORTED,
            MetaKeys.INFERRED);

    private final Clock wall;

    /** @param wall the clock that says when events are recorded */
    public EventMetadata(Clock wall) {
        this.wall = wall;
    }

    @Override
    public BiFunction<Integer, EventMessage<?>, EventMessage<?>> handle(List<? extends EventMessage<?>> events) {
        if (!CurrentUnitOfWork.isStarted() || !CommandTarget.isCommand(CurrentUnitOfWork.get())) {
            return (index, event) -> event;
        }
        var unitOfWork = CurrentUnitOfWork.get().root();
        var common = common((CommandMessage<?>) unitOfWork.getMessage());
        var keyed = keyed(unitOfWork, events);
        return (index, event) -> {
            var all = new HashMap<>(common);
            all.putAll(event.getMetaData());
            if (keyed.isPresent() && keyed.get().index() == index) {
                all.putAll(keyed.get().metadata());
            }
            return event.withMetaData(all);
        };
    }

    private Map<String, Object> common(CommandMessage<?> command) {
        var meta = command.getMetaData();
        var common = new HashMap<String, Object>();
        common.put(MetaKeys.ACTOR, Actor.of((String) meta.get(MetaKeys.ACTOR)).name());
        common.put(MetaKeys.COMMAND_ID, command.getIdentifier());
        common.put(MetaKeys.COMMAND_NAME, MessageNames.nameOf(command.getPayloadType()));
        common.put(
                MetaKeys.RECORDED_AT,
                wall.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        for (var key : TAKEN_OVER) {
            var value = meta.get(key);
            if (value != null) {
                common.put(key, value);
            }
        }
        return common;
    }

    private record KeyedEvent(int index, Map<String, Object> metadata) {}

    /** The last event on the command's target, and what it says about the command's key. */
    private static Optional<KeyedEvent> keyed(UnitOfWork<?> unitOfWork, List<? extends EventMessage<?>> events) {
        var command = (CommandMessage<?>) unitOfWork.getMessage();
        var target = CommandTarget.of(unitOfWork);
        if (target.isEmpty() || !(command.getMetaData().get(MetaKeys.IDEMPOTENCY_KEY) instanceof String key)) {
            return Optional.empty();
        }
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i) instanceof DomainEventMessage<?> event
                    && event.getAggregateIdentifier().equals(target.get().entity())) {
                var metadata = new HashMap<String, Object>();
                metadata.put(MetaKeys.IDEMPOTENCY_KEY, key);
                metadata.put(MetaKeys.IDEMPOTENCY_HASH, AnswerJson.hash(command.getPayload()));
                var result = unitOfWork.getExecutionResult();
                var answer = result == null || result.isExceptionResult()
                        ? null
                        : AnswerJson.write(result.getResult().getPayload());
                if (answer != null) {
                    metadata.put(MetaKeys.IDEMPOTENCY_ANSWER, answer);
                }
                return Optional.of(new KeyedEvent(i, metadata));
            }
        }
        return Optional.empty();
    }
}
