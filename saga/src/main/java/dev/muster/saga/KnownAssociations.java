package dev.muster.saga;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.jspecify.annotations.Nullable;

/**
 * A saga store that is not asked for sagas of which there are none. Most events concern no saga, and for each of them the
 * database would be asked. What is known here may be more than what is stored, never less: what a unit of work adds counts at
 * once, what it takes away only when it is committed. Thread-safe; sagas must be added to the store by this process alone.
 */
public final class KnownAssociations implements SagaStore<Object> {

    /** Of more associations than that nothing is known any more, and the store is always asked. */
    private static final int MAX_KNOWN = 100_000;

    private final SagaStore<Object> store;
    private final Consumer<Stored> stored;
    private @Nullable Map<Association, Set<String>> known;
    private boolean tooMany;
    private int count;

    private record Association(
            String sagaType, String key, @Nullable String value) {}

    /** Is told of the associations that are stored. */
    public interface Stored {
        void association(String sagaType, String key, @Nullable String value, String sagaId);
    }

    /**
     * @param store names the type of a saga by the name of its class
     * @param stored tells all associations in the store; asked once, when the first saga is looked for or kept
     */
    public KnownAssociations(SagaStore<Object> store, Consumer<Stored> stored) {
        this.store = store;
        this.stored = stored;
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue association) {
        return mayHave(sagaType, association) ? store.findSagas(sagaType, association) : Set.of();
    }

    /** Whether there may be such a saga; if not, there is none. */
    synchronized boolean mayHave(Class<?> sagaType, AssociationValue association) {
        var all = known();
        return tooMany || all.containsKey(of(sagaType, association));
    }

    /** What another unit of work has not committed yet is not among what is stored, but was added here by itself. */
    private Map<Association, Set<String>> known() {
        if (known == null) {
            known = new HashMap<>();
            stored.accept((type, key, value, saga) -> add(new Association(type, key, value), saga));
        }
        return known;
    }

    private static Association of(Class<?> sagaType, AssociationValue association) {
        return new Association(sagaType.getName(), association.getKey(), association.getValue());
    }

    @Override
    public <S> @Nullable Entry<S> loadSaga(Class<S> sagaType, String sagaId) {
        return store.loadSaga(sagaType, sagaId);
    }

    @Override
    public void insertSaga(Class<?> sagaType, String sagaId, Object saga, Set<AssociationValue> associations) {
        add(sagaType, sagaId, associations);
        store.insertSaga(sagaType, sagaId, saga, associations);
    }

    @Override
    public void updateSaga(Class<?> sagaType, String sagaId, Object saga, AssociationValues associations) {
        add(sagaType, sagaId, associations.addedAssociations());
        var removed = Set.copyOf(associations.removedAssociations());
        store.updateSaga(sagaType, sagaId, saga, associations);
        onceCommitted(() -> remove(sagaType, sagaId, removed));
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String sagaId, Set<AssociationValue> associations) {
        var removed = Set.copyOf(associations);
        store.deleteSaga(sagaType, sagaId, associations);
        onceCommitted(() -> remove(sagaType, sagaId, removed));
    }

    private static void onceCommitted(Runnable change) {
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(unitOfWork -> change.run());
        } else {
            change.run();
        }
    }

    private synchronized void add(Class<?> sagaType, String sagaId, Set<AssociationValue> associations) {
        known();
        associations.forEach(association -> add(of(sagaType, association), sagaId));
    }

    private void add(Association association, String saga) {
        if (tooMany) {
            return;
        }
        var all = known();
        if (all.computeIfAbsent(association, a -> new HashSet<>(2)).add(saga)) {
            count++;
        }
        if (count > MAX_KNOWN) {
            tooMany = true;
            all.clear();
        }
    }

    private synchronized void remove(Class<?> sagaType, String sagaId, Set<AssociationValue> associations) {
        for (var association : associations) {
            known().computeIfPresent(of(sagaType, association), (a, sagas) -> {
                if (sagas.remove(sagaId)) {
                    count--;
                }
                return sagas.isEmpty() ? null : sagas;
            });
        }
    }
}
