package dev.muster.view;

import dev.muster.digest.Digest;
import dev.muster.hash.Sha256;
import dev.muster.message.JsonMappers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.axonframework.common.jdbc.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/**
 * Views in a database (H2), each kind in a table of its own. They are written by one thread of one process, in the
 * transaction that the connection provider gives it: that of the tracking token. Reading is thread-safe.
 */
public final class JdbcViewStores implements ViewStores, DigestedViews {

    private final Jdbc jdbc;
    private final ViewTables tables;
    private final ViewChanges changes;
    private final JsonMapper json = JsonMappers.events(JsonMapper.builder()).build();
    private final Map<String, JdbcViewStore<?>> stores = new LinkedHashMap<>();
    private final ViewMarks marks;

    /** @param connections of the transaction of the current unit of work, if there is one */
    public JdbcViewStores(ConnectionProvider connections, ViewChanges changes) {
        this.jdbc = new Jdbc(connections);
        this.tables = new ViewTables(jdbc);
        this.changes = changes;
        this.marks = new ViewMarks(jdbc, "live", this::all);
    }

    private synchronized Collection<JdbcViewStore<?>> all() {
        return List.copyOf(stores.values());
    }

    /**
     * {@inheritDoc} A table in which views of another shape were kept is emptied; whoever has the token of the one who
     * folds them sees that by the {@link #fingerprint}.
     */
    @Override
    @SuppressWarnings("unchecked")
    public synchronized <V> ViewStore<V> open(ViewDefinition<V> definition) {
        var store = stores.get(definition.name());
        if (store == null) {
            var first = new Sql<>(definition, new ColumnValues<>(definition), 0);
            refuseSharedTables(first);
            store = new JdbcViewStore<>(definition, tables.prepare(first), changes, jdbc, json);
            stores.put(definition.name(), store);
        }
        if (store.definition() != definition) {
            throw new IllegalStateException("Two views are named " + definition.name() + ". Rename one.");
        }
        return (ViewStore<V>) store;
    }

    private void refuseSharedTables(Sql<?> opened) {
        var own = opened.tables();
        for (var other : stores.values()) {
            for (var table : other.sql().first().tables()) {
                if (own.contains(table)) {
                    throw new IllegalStateException("The views " + other.definition.name() + " and " + opened.name()
                            + " would share the table " + table + ". Rename one.");
                }
            }
        }
    }

    /** SHA-256 over what the stores that are open keep, and in which form. */
    public synchronized String fingerprint() {
        return Sha256.hex(stores.values().stream()
                .map(store -> store.sql().shape())
                .sorted()
                .collect(Collectors.joining("\n")));
    }

    /** Throws all views away, also those of stores that nobody opens any more. No unit of work may be writing to them. */
    public synchronized void clear() {
        var first = new ArrayList<Sql<?>>();
        for (var store : stores.values()) {
            store.moveTo(0);
            first.add(store.sql());
        }
        tables.clear(first);
        marks.forget();
    }

    /** What notes where these views stand, and their digests. */
    public ViewMarks marks() {
        return marks;
    }

    /** The digest of what is committed. */
    @Override
    public Digest digest() {
        return marks.committed();
    }

    /** The digest as of a position at which it was recorded; nothing if it was not at this one. */
    public Optional<Digest> recorded(long position) {
        return marks.recorded(position);
    }
}
