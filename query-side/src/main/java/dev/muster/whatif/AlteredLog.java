package dev.muster.whatif;

import dev.muster.history.LogSource;
import dev.muster.message.MetaKeys;
import dev.muster.whatif.Change.Insert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * A log up to some position, as it would be with some events changed. Events keep their positions and sequence numbers, so
 * that views differ only where the history does; one that was put in has the position of the event before it.
 */
final class AlteredLog {

    private static final String INSERTED = "inserted:";

    private final LogSource log;
    private final long upTo;
    private final ChangedEvents changes;
    private final Set<String> gone = new HashSet<>();

    AlteredLog(LogSource log, long upTo, ChangedEvents changes) {
        this.log = log;
        this.upTo = upTo;
        this.changes = changes;
    }

    static boolean isInserted(TrackedEventMessage<?> event) {
        return event.getIdentifier().startsWith(INSERTED);
    }

    /** The event as it happened in the changed history, if it did: the same one, unless it says something else there. */
    static TrackedEventMessage<?> replaced(ChangedEvents changes, TrackedEventMessage<?> event) {
        var payload = changes.replacement(event);
        if (payload == null || !(event instanceof DomainEventMessage<?> domain)) {
            return event;
        }
        return new GenericTrackedDomainEventMessage<>(
                event.trackingToken(),
                new GenericDomainEventMessage<>(
                        domain.getType(),
                        domain.getAggregateIdentifier(),
                        domain.getSequenceNumber(),
                        payload,
                        event.getMetaData(),
                        event.getIdentifier(),
                        event.getTimestamp()));
    }

    /** Judges the events after that position, command by command, and remembers what could not have happened. */
    void judge(Judge judge, long after, Consumer<TrackedEventMessage<?>> remaining) {
        try (var events = log.after(token(after))) {
            var group = new ArrayList<TrackedEventMessage<?>>();
            for (var each = withInserted(events.iterator(), after); each.hasNext(); ) {
                var event = each.next();
                if (!group.isEmpty() && !isOfTheSameCommand(group.get(0), event)) {
                    judge.judge(group, remaining);
                    group.clear();
                }
                group.add(event);
            }
            if (!group.isEmpty()) {
                judge.judge(group, remaining);
            }
        }
        gone.addAll(judge.gone());
        changes.mustHaveBeenMet(upTo);
    }

    private static boolean isOfTheSameCommand(TrackedEventMessage<?> one, TrackedEventMessage<?> other) {
        var command = one.getMetaData().get(MetaKeys.COMMAND_ID);
        return command != null && command.equals(other.getMetaData().get(MetaKeys.COMMAND_ID));
    }

    /** All events of the changed history; to be closed. */
    Stream<TrackedEventMessage<?>> events() {
        var events = log.after(null);
        Stream<TrackedEventMessage<?>> all = Streams.of(withInserted(events.iterator(), -1));
        return remaining(all).onClose(events::close);
    }

    /** The events of an entity in the changed history; to be closed. */
    Stream<TrackedEventMessage<?>> ofEntity(String entity) {
        var events = log.ofEntity(entity);
        Stream<TrackedEventMessage<?>> all = Streams.of(withInserted(events.iterator(), -1));
        return remaining(all).filter(event -> isOf(entity, event)).onClose(events::close);
    }

    private Stream<TrackedEventMessage<?>> remaining(Stream<TrackedEventMessage<?>> all) {
        return all.filter(event -> !gone.contains(event.getIdentifier())).map(event -> replaced(changes, event));
    }

    private static boolean isOf(String entity, TrackedEventMessage<?> event) {
        return event instanceof DomainEventMessage<?> domain
                && domain.getAggregateIdentifier().equals(entity);
    }

    private Iterator<TrackedEventMessage<?>> withInserted(
            Iterator<? extends TrackedEventMessage<?>> events, long after) {
        return new Merged(events, changes.inserted().tailMap(after, true), this::inserted, upTo);
    }

    /** @param number which one it is of those that were put in there */
    private TrackedEventMessage<?> inserted(Insert insert, int number) {
        var slash = insert.entity().indexOf('/');
        var type = slash < 0 ? insert.entity() : insert.entity().substring(0, slash);
        var time =
                insert.time() == null ? log.timeAt(Math.max(0, insert.after())).orElse(Instant.EPOCH) : insert.time();
        var actor = Objects.requireNonNullElse(insert.actor(), "anonymous");
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(Math.max(0, insert.after())),
                new GenericDomainEventMessage<>(
                        type,
                        insert.entity(),
                        sequenceAfter(insert),
                        changes.payload(insert),
                        Map.of(MetaKeys.ACTOR, actor),
                        INSERTED + insert.after() + ":" + number,
                        time));
    }

    private long sequenceAfter(Insert insert) {
        try (var events = log.ofEntity(insert.entity())) {
            return events.takeWhile(event -> position(event) <= insert.after())
                    .mapToLong(event -> ((DomainEventMessage<?>) event).getSequenceNumber() + 1)
                    .max()
                    .orElse(0);
        }
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElse(-1);
    }

    private static @Nullable TrackingToken token(long position) {
        return position < 0 ? null : new GlobalSequenceTrackingToken(position);
    }
}
