package dev.muster.view;

import dev.muster.message.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What both stores share: what a unit of work writes is buffered in it, seen by its own reads, and written once when it is
 * about to commit. If it is rolled back, nothing of it was ever written.
 */
abstract class BufferedViewStore<V> implements ViewStore<V> {

    private static final AtomicLong NUMBERS = new AtomicLong();

    final ViewDefinition<V> definition;
    final ColumnValues<V> columns;
    private final ViewChanges changes;
    /** Of this store alone: another of the same name may be written to in the same unit of work. */
    private final String buffer = ViewStore.class.getName() + "/" + NUMBERS.incrementAndGet();

    BufferedViewStore(ViewDefinition<V> definition, ViewChanges changes) {
        this.definition = definition;
        this.columns = new ColumnValues<>(definition);
        this.changes = changes;
    }

    /** What is committed under that key; {@code folding} says that the one writer asks. */
    abstract Optional<V> getCommitted(String key, boolean folding);

    abstract List<V> allCommitted(Selection selection);

    abstract Page<V> findCommitted(Selection selection, int limit, @Nullable List<@Nullable Object> after);

    abstract long countCommitted(Selection selection);

    abstract Map<String, Long> countCommittedBy(String column, Selection selection);

    /** Writes a batch; an empty value removes. Called at prepare-commit, or at once outside of a unit of work. */
    abstract void write(Map<String, Optional<V>> batch);

    /** Called once a batch is committed. */
    abstract void committed(Map<String, Optional<V>> batch);

    /** Called if a batch may have been written and was not committed, as far as is known. */
    abstract void rolledBack();

    @Override
    public ViewDefinition<V> definition() {
        return definition;
    }

    @Override
    public Optional<V> get(String key) {
        ViewReads.key(definition.name(), key);
        var written = buffered();
        if (written != null && written.containsKey(key)) {
            return written.get(key);
        }
        return getCommitted(key, written != null || isFolding());
    }

    @Override
    public List<V> all(Selection selection) {
        ViewReads.any(definition.name());
        columns.check(selection);
        var written = buffered();
        return written == null ? allCommitted(selection) : merged(selection, allCommitted(selection), written);
    }

    @Override
    public Page<V> find(Selection selection, int limit, @Nullable String cursor) {
        ViewReads.any(definition.name());
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1, but is " + limit);
        }
        columns.check(selection);
        var order = columns.order(selection);
        var after = cursor == null ? null : columns.typed(order, Cursor.read(order, cursor));
        var written = buffered();
        if (written == null) {
            return findCommitted(selection, limit, after);
        }
        var enough = Math.addExact(limit, written.size());
        return page(merged(selection, findCommitted(selection, enough, after).items(), written), order, limit, after);
    }

    @Override
    public long count(Selection selection) {
        ViewReads.any(definition.name());
        columns.check(selection);
        var written = buffered();
        return written == null
                ? countCommitted(selection)
                : merged(selection, allCommitted(selection), written).size();
    }

    @Override
    public Map<String, Long> countBy(String column, Selection selection) {
        ViewReads.any(definition.name());
        columns.single(column);
        columns.check(selection);
        var written = buffered();
        return written == null
                ? countCommittedBy(column, selection)
                : countBy(column, merged(selection, allCommitted(selection), written));
    }

    Map<String, Long> countBy(String column, List<V> views) {
        var counts = new TreeMap<String, Long>();
        for (var view : views) {
            var value = columns.value(column, view);
            if (value != null) {
                counts.merge(value.toString(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** A page of views that are in order already. */
    Page<V> page(List<V> views, List<String> order, int limit, @Nullable List<@Nullable Object> after) {
        var items = new ArrayList<V>();
        for (var view : views) {
            if (after != null && ColumnValues.byPosition().compare(columns.position(order, view), after) <= 0) {
                continue;
            }
            if (items.size() == limit) {
                return new Page<>(items, Cursor.write(order, columns.position(order, items.get(limit - 1))));
            }
            items.add(view);
        }
        return new Page<>(items, null);
    }

    private record Placed<V>(List<@Nullable Object> position, V view) {}

    /** In the selection's order. What is compared is taken from each view once. */
    List<V> sorted(Collection<V> views, Selection selection) {
        var order = columns.order(selection);
        return views.stream()
                .map(view -> new Placed<>(columns.position(order, view), view))
                .sorted(Comparator.comparing(Placed::position, ColumnValues.byPosition()))
                .map(Placed::view)
                .toList();
    }

    private List<V> merged(Selection selection, List<V> committed, Map<String, Optional<V>> written) {
        var merged = new ArrayList<V>();
        for (var view : committed) {
            if (!written.containsKey(definition.key().apply(view))) {
                merged.add(view);
            }
        }
        for (var view : written.values()) {
            view.filter(v -> columns.matches(selection, v)).ifPresent(merged::add);
        }
        return sorted(merged, selection);
    }

    @Override
    public void put(V view) {
        columns.check(view);
        change(definition.key().apply(view), Optional.of(view));
    }

    @Override
    public void remove(String key) {
        change(key, Optional.empty());
    }

    private void change(String key, Optional<V> view) {
        if (!CurrentUnitOfWork.isStarted()) {
            var batch = Collections.singletonMap(key, view);
            write(batch);
            committed(batch);
            changes.changed(definition.name(), Set.of(key));
            return;
        }
        var root = CurrentUnitOfWork.get().root();
        if (root.phase().isAfter(UnitOfWork.Phase.PREPARE_COMMIT)) {
            throw new IllegalStateException(
                    "The view " + definition.name() + " can't be written to in a unit of work that is committed");
        }
        if (bufferOf(root).put(root.getMessage(), key, view)) {
            root.onPrepareCommit(u -> write(bufferOf(u).drain()));
        }
    }

    private WriteBuffer<V> bufferOf(UnitOfWork<?> root) {
        WriteBuffer<V> known = root.getResource(buffer);
        if (known != null) {
            return known;
        }
        var writes = new WriteBuffer<V>();
        root.resources().put(buffer, writes);
        writes.join(root);
        root.afterCommit(u -> {
            committed(writes.views());
            changes.changed(definition.name(), Set.copyOf(writes.views().keySet()));
        });
        root.onRollback(u -> rolledBack());
        root.onCleanup(u -> u.resources().remove(buffer));
        return writes;
    }

    @Nullable
    Map<String, Optional<V>> buffered() {
        var writes = buffer();
        return writes == null ? null : writes.views();
    }

    /** What the unit of work at hand has written; none if it has written nothing here. */
    @Nullable
    WriteBuffer<V> buffer() {
        return CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get().root().getResource(buffer) : null;
    }

    /** Whether events are handled here, so that this thread is the one writer. */
    private static boolean isFolding() {
        return CurrentUnitOfWork.isStarted() && CurrentUnitOfWork.get().root().getMessage() instanceof EventMessage;
    }
}
