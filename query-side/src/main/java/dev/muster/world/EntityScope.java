package dev.muster.world;

import dev.muster.history.LogSource;
import dev.muster.message.EntityId;
import dev.muster.message.OfEntity;
import dev.muster.view.RelatedEntities;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Which events a question about one entity is answered from: its own, and those of the entities its view depends on. */
public final class EntityScope {

    /** Of more entities, or more events, it is no longer worth it to read them one by one. */
    private static final int MAX_ENTITIES = 100;

    private static final int MAX_EVENTS = 5_000;

    private static final ClassValue<Optional<RecordComponent>> ENTITY = new ClassValue<>() {
        @Override
        protected Optional<RecordComponent> computeValue(Class<?> query) {
            return !query.isRecord()
                    ? Optional.empty()
                    : Arrays.stream(query.getRecordComponents())
                            .filter(component -> component.isAnnotationPresent(OfEntity.class))
                            .findFirst();
        }
    };

    private final LogSource log;
    private final List<Method> related = new ArrayList<>();

    public EntityScope(Domain domain, LogSource log) {
        this.log = log;
        for (var projection : domain.projections()) {
            for (var method : projection.getDeclaredMethods()) {
                if (method.isAnnotationPresent(RelatedEntities.class)) {
                    method.setAccessible(true);
                    related.add(method);
                }
            }
        }
    }

    /** The entity that a query is about, as it stands in the log; none if it is about many. */
    static Optional<String> entityOf(Object query) {
        return ENTITY.get(query.getClass()).map(component -> {
            try {
                component.getAccessor().setAccessible(true);
                return ((EntityId) component.getAccessor().invoke(query)).stored();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The events up to that position, in the order of the log; nothing if they are too many to be looked for one by one. */
    Optional<List<TrackedEventMessage<?>>> events(String entity, long upTo) {
        var found = new ArrayList<TrackedEventMessage<?>>();
        Set<String> known = new LinkedHashSet<>(Set.of(entity));
        var open = new ArrayDeque<>(known);
        while (!open.isEmpty()) {
            try (var events = log.ofEntity(open.remove())) {
                for (var each = events.iterator(); each.hasNext(); ) {
                    var event = each.next();
                    if (position(event) > upTo) {
                        break;
                    }
                    found.add(event);
                    for (var other : relatedTo(event)) {
                        if (known.add(other.stored())) {
                            open.add(other.stored());
                        }
                    }
                    if (found.size() > MAX_EVENTS || known.size() > MAX_ENTITIES) {
                        return Optional.empty();
                    }
                }
            }
        }
        found.sort(Comparator.comparingLong(EntityScope::position));
        return Optional.of(found);
    }

    private static long position(TrackedEventMessage<?> event) {
        return event.trackingToken().position().orElse(-1);
    }

    @SuppressWarnings("unchecked")
    /** The entities that an event refers to, as projections say. */
    public List<EntityId> relatedTo(TrackedEventMessage<?> event) {
        var all = new ArrayList<EntityId>();
        for (var method : related) {
            if (method.getParameterTypes()[0].isInstance(event.getPayload())) {
                try {
                    all.addAll((Collection<? extends EntityId>) method.invoke(null, event.getPayload()));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(method + " can't be asked: " + e, e);
                }
            }
        }
        return all;
    }
}
