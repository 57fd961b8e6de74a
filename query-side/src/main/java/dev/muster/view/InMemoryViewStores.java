package dev.muster.view;

import dev.muster.message.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
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

        /** Changed by whole batches, so that nobody sees a part of one. */
        private final Map<String, V> views = new HashMap<>();

        private final ReadWriteLock lock = new ReentrantReadWriteLock();

        InMemoryViewStore(ViewDefinition<V> definition, ViewChanges changes) {
            super(definition, changes);
        }

        private <T> T reading(Supplier<T> read) {
            lock.readLock().lock();
            try {
                return read.get();
            } finally {
                lock.readLock().unlock();
            }
        }

        private List<V> fitting(Selection selection) {
            return reading(() -> views.values().stream()
                    .filter(view -> columns.matches(selection, view))
                    .toList());
        }

        @Override
        Optional<V> getCommitted(String key, boolean folding) {
            return reading(() -> Optional.ofNullable(views.get(key)));
        }

        @Override
        List<V> allCommitted(Selection selection) {
            return fitting(selection).stream().sorted(comparator(selection)).toList();
        }

        @Override
        Page<V> findCommitted(Selection selection, int limit, @Nullable List<@Nullable Object> after) {
            return page(allCommitted(selection), columns.order(selection), limit, after);
        }

        @Override
        long countCommitted(Selection selection) {
            return fitting(selection).size();
        }

        @Override
        Map<String, Long> countCommittedBy(String column, Selection selection) {
            return countBy(column, fitting(selection));
        }

        @Override
        void write(Map<String, Optional<V>> batch) {
            // Becomes visible when it is committed, since nothing could take it back here.
        }

        @Override
        void committed(Map<String, Optional<V>> batch) {
            lock.writeLock().lock();
            try {
                batch.forEach((key, view) -> view.ifPresentOrElse(v -> views.put(key, v), () -> views.remove(key)));
            } finally {
                lock.writeLock().unlock();
            }
        }

        @Override
        void rolledBack() {
            // Nothing was written.
        }
    }
}
