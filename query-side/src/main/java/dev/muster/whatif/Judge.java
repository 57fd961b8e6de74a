package dev.muster.whatif;

import dev.muster.history.Aggregates;
import dev.muster.history.LogSource;
import dev.muster.message.EventContent;
import dev.muster.message.MetaKeys;
import dev.muster.whatif.WhatIfAnswer.Impossible;
import dev.muster.world.EntityScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Goes through a changed history and judges which events could still have happened. One could not
 * <ul>
 *   <li>if it was caused ({@code causationId}) by an event that did not happen;
 *   <li>if it comes after the beginning of an entity of which nothing is left, or refers to one
 *       ({@link dev.muster.view.RelatedEntities});
 *   <li>if its aggregate objects ({@link dev.muster.message.Objection});
 *   <li>if another event of its command could not: what one command appends is there whole or not at all.
 * </ul>
 * Only entities are looked at of which something has changed. Not thread-safe.
 */
final class Judge {

    private final LogSource log;
    private final Aggregates aggregates;
    private final EntityScope scope;
    private final ChangedEvents changes;
    private final Map<String, Replica> touched = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final List<Impossible> impossible = new ArrayList<>();
    private long leftOut;

    Judge(LogSource log, Aggregates aggregates, EntityScope scope, ChangedEvents changes) {
        this.log = log;
        this.aggregates = aggregates;
        this.scope = scope;
        this.changes = changes;
    }

    /** Events that did not happen, by their identifiers. */
    Set<String> gone() {
        return gone;
    }

    List<Impossible> impossible() {
        return impossible;
    }

    long leftOut() {
        return leftOut;
    }

    /**
     * Judges the next events of the history, all of one command.
     *
     * @param group each in the form in which it happened
     * @param remaining is handed those that could still have happened, as they then were
     */
    void judge(List<TrackedEventMessage<?>> group, Consumer<TrackedEventMessage<?>> remaining) {
        if (group.stream().noneMatch(this::isConcerned)) {
            group.forEach(remaining);
            return;
        }
        group.forEach(this::touch);
        var kept = new ArrayList<TrackedEventMessage<?>>();
        var sizes = new LinkedHashMap<String, Integer>();
        touched.forEach((entity, replica) -> sizes.put(entity, replica.size()));
        var refused = impossible.size();
        for (var original : group) {
            if (changes.leavesOut(original)) {
                leftOut++;
                gone.add(original.getIdentifier());
                continue;
            }
            var event = AlteredLog.replaced(changes, original);
            var why = objection(event);
            if (why.isPresent()) {
                reject(event, why.get());
            } else {
                apply(event);
                kept.add(event);
            }
        }
        if (impossible.size() == refused) {
            kept.forEach(remaining);
        } else {
            takeBack(kept, sizes, impossible.get(refused));
        }
    }

    private boolean isConcerned(TrackedEventMessage<?> event) {
        return changes.leavesOut(event)
                || changes.replacement(event) != null
                || AlteredLog.isInserted(event)
                || isCausedByWhatIsGone(event)
                || event instanceof DomainEventMessage<?> domain && touched.containsKey(domain.getAggregateIdentifier())
                || scope.relatedTo(event).stream().anyMatch(other -> touched.containsKey(other.stored()));
    }

    private boolean isCausedByWhatIsGone(TrackedEventMessage<?> event) {
        return event.getMetaData().get(MetaKeys.CAUSATION_ID) instanceof String cause && gone.contains(cause);
    }

    private Optional<String> objection(TrackedEventMessage<?> event) {
        if (isCausedByWhatIsGone(event)) {
            return Optional.of(
                    "what caused it, " + event.getMetaData().get(MetaKeys.CAUSATION_ID) + ", did not happen");
        }
        for (var other : scope.relatedTo(event)) {
            var replica = touched.get(other.stored());
            if (replica != null && replica.isEmpty()) {
                return Optional.of("it refers to " + other.stored() + ", of which nothing is left");
            }
        }
        return event instanceof DomainEventMessage<?> domain
                ? touched.get(domain.getAggregateIdentifier()).objection(domain)
                : Optional.empty();
    }

    private void reject(TrackedEventMessage<?> event, String why) {
        gone.add(event.getIdentifier());
        impossible.add(new Impossible(
                event.getIdentifier(),
                position(event),
                event instanceof DomainEventMessage<?> domain ? domain.getAggregateIdentifier() : "",
                EventContent.nameOf(event),
                why));
    }

    private void apply(TrackedEventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> domain) {
            touched.get(domain.getAggregateIdentifier()).apply(domain);
        }
    }

    private void takeBack(List<TrackedEventMessage<?>> kept, Map<String, Integer> sizes, Impossible because) {
        sizes.forEach((entity, size) -> touched.computeIfPresent(entity, (e, replica) -> replica.cutTo(size)));
        for (var event : kept) {
            reject(event, "its command also made " + because.id() + ", which could not happen");
        }
    }

    /** From here on the entity is looked at. Until here its history is the real one. */
    private void touch(TrackedEventMessage<?> event) {
        if (event instanceof DomainEventMessage<?> domain) {
            touched.computeIfAbsent(domain.getAggregateIdentifier(), entity -> new Replica(aggregates, before(event)));
        }
    }

    private List<DomainEventMessage<?>> before(TrackedEventMessage<?> event) {
        var entity = ((DomainEventMessage<?>) event).getAggregateIdentifier();
        var inserted = AlteredLog.isInserted(event);
        try (var events = log.ofEntity(entity)) {
            return events.takeWhile(earlier -> inserted
                            ? position(earlier) <= position(event)
                            : !earlier.getIdentifier().equals(event.getIdentifier()))
                    .<DomainEventMessage<?>>map(earlier -> (DomainEventMessage<?>) earlier)
                    .toList();
        }
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElse(-1);
    }
}
