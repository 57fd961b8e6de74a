package dev.muster.history;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the log; what is left out may be anything.
 *
 * @param types the stored names that fit; none for all
 * @param without stored names that don't fit
 */
public record EventFilter(
        @Nullable String entity,
        Set<String> types,
        Set<String> without,
        @Nullable String actor,
        @Nullable String correlationId) {

    public static final EventFilter ALL = new EventFilter(null, null, null, null);

    public EventFilter {
        types = Set.copyOf(types);
        without = Set.copyOf(without);
    }

    public EventFilter(
            @Nullable String entity, @Nullable String type, @Nullable String actor, @Nullable String correlationId) {
        this(entity, type == null ? Set.of() : Set.of(type), Set.of(), actor, correlationId);
    }

    /** The same, but for events of those names. */
    public EventFilter without(Set<String> names) {
        return new EventFilter(entity, types, names, actor, correlationId);
    }

    /** Whether most events may fit, so that what it looks for is found by reading the log and not by its index. */
    boolean isOpen() {
        return entity == null && types.size() != 1 && actor == null && correlationId == null;
    }

    /** Whether few events fit, and the index tells where they are. */
    boolean isNarrow() {
        return entity != null || types.size() == 1 || correlationId != null;
    }

    /** Whether it asks for the events of one entity, and perhaps for some of them only. */
    boolean isOfEntity() {
        return entity != null;
    }

    boolean matches(HistoryEvent event) {
        return hasType(event.type())
                && (entity == null || entity.equals(event.entity()))
                && (actor == null || actor.equals(event.actor()))
                && (correlationId == null || correlationId.equals(event.correlationId()));
    }

    boolean hasType(String type) {
        return (types.isEmpty() || types.contains(type)) && !without.contains(type);
    }

    /** What the index can tell; whether the type fits is to be looked at besides. */
    IndexSearch search() {
        return IndexSearch.all()
                .where(IndexedBy.ENTITY, entity)
                .where(IndexedBy.TYPE, types.size() == 1 ? types.iterator().next() : null)
                .where(IndexedBy.ACTOR, actor)
                .where(IndexedBy.CORRELATION, correlationId);
    }
}
