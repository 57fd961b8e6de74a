package dev.muster.command;

import dev.muster.message.MetaKeys;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Finds the aggregate that a command is for, and refuses at once a command that was based on an older version than the log already
 * has. A version never comes back, so nothing has to be waited for to know this: neither that the aggregate is free (those who
 * change it do so one after another, each until its change is durable) nor that it is loaded. Whatever is not refused here meets
 * {@link AggregateCommands}, which decides. Thread-safe.
 */
public final class VersionedTargets implements CommandTargetResolver {

    private final CommandTargetResolver targets = new CommandTargets();
    private final Supplier<EventStore> events;
    private final ExpectedVersion expectedVersion;

    /** @param events the log; asked for when the first command comes that names a version */
    public VersionedTargets(Supplier<EventStore> events) {
        this.events = events;
        this.expectedVersion = new ExpectedVersion(events);
    }

    /** @throws dev.muster.message.Refusal if the command was based on an older version */
    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        var target = targets.resolveTarget(command);
        var meta = command.getMetaData();
        // Under a key it may have an earlier answer, perhaps one that is on its way to the log.
        if (meta.get(MetaKeys.EXPECTED_VERSION) instanceof Number expected
                && !meta.containsKey(MetaKeys.IDEMPOTENCY_KEY)) {
            refuseOlder(target.getIdentifier(), expected.longValue());
        }
        return target;
    }

    private void refuseOlder(String entity, long expected) {
        var known = events.get().lastSequenceNumberFor(entity);
        if (known.isPresent() && expected < known.get()) {
            expectedVersion.check(entity, expected, known.get());
        }
    }
}
