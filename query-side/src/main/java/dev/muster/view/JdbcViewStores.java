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
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
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

    JdbcViewStore<?> store(String view) {
        return all().stream()
                .filter(store -> store.definition().name().equals(view))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no view " + view));
    }

    /** A number that no generation of tables has. */
    public int nextGeneration() {
        return tables.next();
    }

    /**
     * Some of the views in tables of their own, which are made if they are not there. Views in them are written by one thread,
     * in transactions of its own.
     */
    public synchronized BesideStores beside(int generation, Collection<ViewDefinition<?>> views) {
        var opened = new ArrayList<JdbcViewStore<?>>();
        for (var view : views) {
            opened.add(open(generation, view));
        }
        return new BesideStores(jdbc, generation, opened);
    }

    private <V> JdbcViewStore<V> open(int generation, ViewDefinition<V> view) {
        var store = new JdbcViewStore<>(view, generation, new ViewChanges(), jdbc, json);
        tables.createBeside(store.sql());
        return store;
    }

    /** Whether there are tables of that generation. */
    public boolean has(int generation) {
        return tables.has(generation);
    }

    /**
     * Lets the views beside become the live ones, in the unit of work at hand: once it is committed, who asks is answered by
     * them. Nobody may be writing to either.
     */
    public void swap(BesideStores beside) {
        jdbc.change(connection -> {
            for (var store : beside.all()) {
                ViewTables.define(connection, store.sql());
            }
        });
        CurrentUnitOfWork.get().root().afterCommit(u -> {
            beside.names().forEach(name -> store(name).moveTo(beside.generation()));
            beside.names().forEach(changes::replaced);
        });
    }

    /** Compares the live views with others. */
    public ViewComparison comparison() {
        return new ViewComparison(jdbc, this);
    }

    /**
     * Drops the tables that nobody asks any more.
     *
     * @param beside the generation that is being folded; -1 if there is none
     */
    public void dropOthers(int beside) {
        all().forEach(JdbcViewStore::awaitReaders);
        tables.dropOthers(beside);
    }
}
