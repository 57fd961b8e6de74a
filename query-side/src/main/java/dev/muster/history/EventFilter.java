package dev.muster.history;

import org.jspecify.annotations.Nullable;

/** Which events of the log; what is left out may be anything. */
public record EventFilter(
        @Nullable String entity,
        @Nullable String type,
        @Nullable String actor,
        @Nullable String correlationId) {

    public static final EventFilter ALL = new EventFilter(null, null, null, null);

    /** Whether any event fits. */
    public boolean isOpen() {
        return equals(ALL);
    }

    /** Whether it asks for the events of one entity, and perhaps for some of them only. */
    boolean isOfEntity() {
        return entity != null;
    }

    boolean matches(HistoryEvent event) {
        return (entity == null || entity.equals(event.entity()))
                && (type == null || type.equals(event.type()))
                && (actor == null || actor.equals(event.actor()))
                && (correlationId == null || correlationId.equals(event.correlationId()));
    }

    IndexSearch search() {
        return IndexSearch.all()
                .where(IndexedBy.ENTITY, entity)
                .where(IndexedBy.TYPE, type)
                .where(IndexedBy.ACTOR, actor)
                .where(IndexedBy.CORRELATION, correlationId);
    }
}
