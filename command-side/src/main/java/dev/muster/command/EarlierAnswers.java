package dev.muster.command;

import dev.muster.message.Actor;
import dev.muster.message.MetaKeys;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Finds what a command was answered before under the same key, among the last events of its aggregate. The same key of
 * another actor is another key. The events are read only where it is not known that none of them bears the key.
 */
final class EarlierAnswers {

    /** Of how many aggregates the keys are remembered. */
    private static final int REMEMBERED = 10_000;

    private final Supplier<EventStore> events;
    private final int window;
    private final RecentKeys keys;

    /** @param window how many of an aggregate's last events are looked at */
    EarlierAnswers(Supplier<EventStore> events, int window) {
        this.events = events;
        this.window = window;
        this.keys = new RecentKeys(window, REMEMBERED);
    }

    /**
     * The event that recorded the earlier answer.
     *
     * @param version the aggregate's
     * @throws ReusedKey if the key came with another command
     */
    Optional<DomainEventMessage<?>> find(String entity, long version, CommandMessage<?> command, String key) {
        var actor = actor(command);
        if (keys.isNew(entity, version, RecentKeys.fingerprint(actor, key))) {
            return Optional.empty();
        }
        var borne = new ArrayList<RecentKeys.Borne>();
        var history = events.get().readEvents(entity, Math.max(0, version - window + 1));
        while (history.hasNext()) {
            var event = history.next();
            var meta = event.getMetaData();
            if (meta.get(MetaKeys.IDEMPOTENCY_KEY) instanceof String other
                    && meta.get(MetaKeys.ACTOR) instanceof String by) {
                if (other.equals(key) && by.equals(actor)) {
                    return Optional.of(mustBeOf(command, event, entity, key));
                }
                borne.add(new RecentKeys.Borne(event.getSequenceNumber(), RecentKeys.fingerprint(by, other)));
            }
        }
        keys.learn(entity, version, borne);
        return Optional.empty();
    }

    private static DomainEventMessage<?> mustBeOf(
            CommandMessage<?> command, DomainEventMessage<?> event, String entity, String key) {
        var meta = event.getMetaData();
        if (!AnswerJson.hash(command.getPayload()).equals(meta.get(MetaKeys.IDEMPOTENCY_HASH))) {
            throw new ReusedKey(key, entity, String.valueOf(meta.get(MetaKeys.COMMAND_NAME)));
        }
        return event;
    }

    /** Remembers, once a command's events are durable, that the last of them bears its key. */
    void remember(UnitOfWork<?> unitOfWork, String entity, long before, long version, CommandMessage<?> command) {
        if (version > before) {
            var fingerprint = command.getMetaData().get(MetaKeys.IDEMPOTENCY_KEY) instanceof String key
                    ? Long.valueOf(RecentKeys.fingerprint(actor(command), key))
                    : null;
            unitOfWork.root().afterCommit(done -> keys.append(entity, before, version, fingerprint));
        }
    }

    private static String actor(CommandMessage<?> command) {
        return Actor.of((String) command.getMetaData().get(MetaKeys.ACTOR)).name();
    }
}
