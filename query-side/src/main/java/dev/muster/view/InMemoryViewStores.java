package dev.muster.view;

import dev.muster.message.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Views in memory, for tests and for folds of a piece of history. Thread-safe. */
public final class InMemoryViewStores implements ViewStores {

    private final ViewChanges changes;
    private final Map<String, ViewStore<?>> stores = new HashMap<>();

    public InMemoryViewStores(ViewChanges changes) {
        this.changes = changes;
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <V> ViewStore<V> open(ViewDefinition<V> definition) {
        var store = stores.computeIfAbsent(definition.name(), name -> new InMemoryViewStore<>(definition, changes));
        if (store.definition() != definition) {
            throw new IllegalStateException("Two views are named " + definition.name() + ". Rename one.");
        }
        return (ViewStore<V>) store;
    }

    private static final class InMemoryViewStore<V> extends BufferedViewStore<V> {

        private final Map<String, V> views = new ConcurrentHashMap<>();

        InMemoryViewStore(ViewDefinition<V> definition, ViewChanges changes) {
            super(definition, changes);
        }

        @Override
        Optional<V> getCommitted(String key, boolean folding) {
            return Optional.ofNullable(views.get(key));
        }

        @Override
        List<V> allCommitted(Selection selection) {
            return views.values().stream()
                    .filter(view -> columns.matches(selection, view))
                    .sorted(comparator(selection))
                    .toList();
        }

        @Override
        Page<V> findCommitted(Selection selection, int limit, @Nullable List<@Nullable Object> after) {
            return page(allCommitted(selection), columns.order(selection), limit, after);
        }

        @Override
        long countCommitted(Selection selection) {
            return views.values().stream()
                    .filter(view -> columns.matches(selection, view))
                    .count();
        }

        @Override
        Map<String, Long> countCommittedBy(String column, Selection selection) {
            return countBy(column, allCommitted(selection));
        }

        @Override
        void write(Map<String, Optional<V>> batch) {
            // Becomes visible when it is committed, since nothing could take it back here.
        }

        @Override
        void committed(Map<String, Optional<V>> batch) {
            batch.forEach((key, view) -> view.ifPresentOrElse(v -> views.put(key, v), () -> views.remove(key)));
        }
    }
}
