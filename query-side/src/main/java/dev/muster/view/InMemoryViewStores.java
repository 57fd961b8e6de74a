package dev.muster.view;

import dev.muster.digest.Digest;
import dev.muster.hash.CanonicalJson;
import dev.muster.hash.MultisetHash;
import dev.muster.message.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Views in memory, for tests and for folds of a piece of history. Views must not be changed in place: forks share them.
 * Thread-safe.
 */
public final class InMemoryViewStores implements ViewStores {

    private final ViewChanges changes;
    private final Map<String, InMemoryViewStore<?>> stores = new HashMap<>();

    /** Stores of whose changes nobody is told. */
    public InMemoryViewStores() {
        this(new ViewChanges());
    }

    public InMemoryViewStores(ViewChanges changes) {
        this.changes = changes;
    }

    /** Other stores with the same views, of whose changes nobody is told. What is written to one is not seen in the other. */
    public synchronized InMemoryViewStores fork() {
        var fork = new InMemoryViewStores();
        stores.forEach((name, store) -> fork.stores.put(name, store.fork(fork.changes)));
        return fork;
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

    /** All views of that definition, in no order. */
    public <V> List<V> views(ViewDefinition<V> definition) {
        return ((InMemoryViewStore<V>) open(definition)).views();
    }

    /**
     * The digest of all views. Only what has changed since it was last asked for is hashed, and a fork
     * goes on from there.
     *
     * @param position where the views stand
     */
    public synchronized Digest digest(long position) {
        var digests = new TreeMap<String, String>();
        stores.forEach((name, store) -> digests.put(name, store.digest()));
        return Digests.of(position, digests, false);
    }

    private static final class InMemoryViewStore<V> extends BufferedViewStore<V> {

        /** Changed by whole batches, so that nobody sees a part of one. */
        private final Map<String, V> views;

        private final ColumnIndexes<V> indexes = new ColumnIndexes<>(columns);
        private final ReadWriteLock lock = new ReentrantReadWriteLock();
        /** As of when it was last asked for; none before. */
        private @Nullable MultisetHash digest;
        /** What was there then, of those views that were changed since. */
        private final Map<String, Optional<V>> before = new HashMap<>();

        InMemoryViewStore(ViewDefinition<V> definition, ViewChanges changes) {
            this(definition, changes, new HashMap<>());
        }

        private InMemoryViewStore(ViewDefinition<V> definition, ViewChanges changes, Map<String, V> views) {
            super(definition, changes);
            this.views = views;
        }

        InMemoryViewStore<V> fork(ViewChanges forksChanges) {
            return reading(() -> {
                var fork = new InMemoryViewStore<>(definition, forksChanges, new HashMap<>(views));
                fork.digest = digest == null ? null : digest.copy();
                fork.before.putAll(before);
                return fork;
            });
        }

        String digest() {
            lock.writeLock().lock();
            try {
                if (digest == null) {
                    digest = new MultisetHash();
                    views.forEach((key, view) -> digest.add(CanonicalJson.hash(key, view)));
                } else {
                    before.forEach((key, view) -> {
                        view.ifPresent(v -> digest.subtract(CanonicalJson.hash(key, v)));
                        Optional.ofNullable(views.get(key)).ifPresent(v -> digest.add(CanonicalJson.hash(key, v)));
                    });
                    before.clear();
                }
                return digest.hex();
            } finally {
                lock.writeLock().unlock();
            }
        }

        List<V> views() {
            return reading(() -> List.copyOf(views.values()));
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
            return reading(() -> indexes.candidates(selection, views)
                    .filter(view -> columns.matches(selection, view))
                    .toList());
        }

        @Override
        Optional<V> getCommitted(String key, boolean folding) {
            lock.readLock().lock();
            try {
                return Optional.ofNullable(views.get(key));
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        List<V> allCommitted(Selection selection) {
            return sorted(fitting(selection), selection);
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
                batch.forEach((key, view) -> {
                    var replaced = view.isPresent() ? views.put(key, view.get()) : views.remove(key);
                    indexes.changed(key, replaced, view.orElse(null));
                    if (digest != null) {
                        before.putIfAbsent(key, Optional.ofNullable(replaced));
                    }
                });
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
