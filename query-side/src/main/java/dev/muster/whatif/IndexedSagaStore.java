package dev.muster.whatif;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.jspecify.annotations.Nullable;

/** Sagas in memory, found by their associations without looking at all of them. Not thread-safe. */
final class IndexedSagaStore implements SagaStore<Object> {

    private record Kept(Object saga, Set<AssociationValue> associations) {}

    private record Key(Class<?> type, AssociationValue value) {}

    private final Map<String, Kept> sagas = new HashMap<>();
    private final Map<Key, Set<String>> byAssociation = new HashMap<>();

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue associationValue) {
        return Set.copyOf(byAssociation.getOrDefault(new Key(sagaType, associationValue), Set.of()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S> @Nullable Entry<S> loadSaga(Class<S> sagaType, String sagaIdentifier) {
        var kept = sagas.get(sagaIdentifier);
        if (kept == null) {
            return null;
        }
        return new Entry<>() {
            @Override
            public Set<AssociationValue> associationValues() {
                return new HashSet<>(kept.associations());
            }

            @Override
            public S saga() {
                return (S) kept.saga();
            }
        };
    }

    @Override
    public void insertSaga(Class<?> sagaType, String sagaIdentifier, Object saga, Set<AssociationValue> values) {
        put(sagaType, sagaIdentifier, saga, values);
    }

    @Override
    public void updateSaga(Class<?> sagaType, String sagaIdentifier, Object saga, AssociationValues values) {
        remove(sagaType, sagaIdentifier);
        put(sagaType, sagaIdentifier, saga, values.asSet());
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String sagaIdentifier, Set<AssociationValue> associationValues) {
        remove(sagaType, sagaIdentifier);
    }

    private void put(Class<?> type, String id, Object saga, Set<AssociationValue> values) {
        sagas.put(id, new Kept(saga, Set.copyOf(values)));
        values.forEach(value -> byAssociation
                .computeIfAbsent(new Key(type, value), key -> new LinkedHashSet<>())
                .add(id));
    }

    private void remove(Class<?> type, String id) {
        var kept = sagas.remove(id);
        if (kept != null) {
            kept.associations()
                    .forEach(value -> byAssociation.computeIfPresent(new Key(type, value), (key, ids) -> {
                        ids.remove(id);
                        return ids.isEmpty() ? null : ids;
                    }));
        }
    }
}
