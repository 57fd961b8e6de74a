package dev.muster.command;

import dev.muster.message.Actor;
import dev.muster.message.MetaKeys;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Finds what a command was answered before under the same key, among the last events of its aggregate. The same key of
 * another actor is another key.
 */
final class EarlierAnswers {

    private final Supplier<EventStore> events;
    private final int window;

    /** @param window how many of an aggregate's last events are looked at */
    EarlierAnswers(Supplier<EventStore> events, int window) {
        this.events = events;
        this.window = window;
    }

    /**
     * The event that recorded the earlier answer.
     *
     * @param version the aggregate's
     * @throws ReusedKey if the key came with another command
     */
    Optional<DomainEventMessage<?>> find(String entity, long version, CommandMessage<?> command, String key) {
        var actor = Actor.of((String) command.getMetaData().get(MetaKeys.ACTOR)).name();
        var history = events.get().readEvents(entity, Math.max(0, version - window + 1));
        while (history.hasNext()) {
            var event = history.next();
            var meta = event.getMetaData();
            if (key.equals(meta.get(MetaKeys.IDEMPOTENCY_KEY)) && actor.equals(meta.get(MetaKeys.ACTOR))) {
                if (!AnswerJson.hash(command.getPayload()).equals(meta.get(MetaKeys.IDEMPOTENCY_HASH))) {
                    throw new ReusedKey(key, entity, String.valueOf(meta.get(MetaKeys.COMMAND_NAME)));
                }
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }
}
