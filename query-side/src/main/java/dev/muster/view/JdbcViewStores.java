package dev.muster.view;

import dev.muster.message.JsonMappers;
import dev.muster.message.Page;
import dev.muster.view.ViewDefinition.Column;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Views in a database (H2), each kind in a table of its own. They are written by one thread of one process, in the
 * transaction that the connection provider gives it: that of the tracking token. Reading is thread-safe.
 */
public final class JdbcViewStores implements ViewStores {

    /** How many views of a kind the writer keeps at hand. */
    private static final int AT_HAND = 10_000;

    private final Jdbc jdbc;
    private final ViewChanges changes;
    private final JsonMapper json = JsonMappers.events(JsonMapper.builder()).build();
    private final Map<String, JdbcViewStore<?>> stores = new LinkedHashMap<>();

    /** @param connections of the transaction of the current unit of work, if there is one */
    public JdbcViewStores(ConnectionProvider connections, ViewChanges changes) {
        this.jdbc = new Jdbc(connections);
        this.changes = changes;
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
            var opened = new JdbcViewStore<>(definition);
            refuseSharedTables(opened.sql);
            jdbc.change(connection -> prepare(connection, opened.sql));
            stores.put(definition.name(), opened);
            store = opened;
        }
        if (store.definition() != definition) {
            throw new IllegalStateException("Two views are named " + definition.name() + ". Rename one.");
        }
        return (ViewStore<V>) store;
    }

    private void refuseSharedTables(Sql<?> opened) {
        for (var other : stores.values()) {
            for (var table : other.sql.tables()) {
                if (opened.tables().contains(table)) {
                    throw new IllegalStateException("The views " + other.definition.name() + " and " + opened.name()
                            + " would share the table " + table + ". Rename one.");
                }
            }
        }
    }

    private static void prepare(Connection connection, Sql<?> sql) throws SQLException {
        Jdbc.execute(connection, List.of(Sql.CREATE_DEFINITIONS));
        var shape = sha256(sql.shape());
        var known = Jdbc.query(connection, Sql.definition(sql.name()), Stored::read);
        if (!known.isEmpty() && known.get(0).shape().equals(shape)) {
            return;
        }
        for (var stored : known) {
            Jdbc.execute(connection, stored.drop());
        }
        Jdbc.execute(connection, Sql.drop(sql.tables()));
        create(connection, sql);
    }

    private static void create(Connection connection, Sql<?> sql) throws SQLException {
        Jdbc.execute(connection, sql.create());
        Jdbc.batch(connection, Sql.DELETE_DEFINITION, List.of(List.of(sql.name())));
        var tables = String.join(",", sql.tables());
        Jdbc.batch(connection, Sql.INSERT_DEFINITION, List.of(List.of(sql.name(), sha256(sql.shape()), tables)));
    }

    /** What is known of views that are stored. */
    private record Stored(String shape, List<String> tables) {

        static Stored read(ResultSet row) throws SQLException {
            return new Stored(row.getString(1), List.of(row.getString(2).split(",")));
        }

        List<String> drop() {
            return Sql.drop(tables);
        }
    }

    /** SHA-256 over what the stores that are open keep, and in which form. */
    public synchronized String fingerprint() {
        return sha256(stores.values().stream()
                .map(store -> store.sql.shape())
                .sorted()
                .collect(Collectors.joining("\n")));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Throws all views away, also those of stores that nobody opens any more. No unit of work may be writing to them. */
    public synchronized void clear() {
        jdbc.change(connection -> {
            Jdbc.execute(connection, List.of(Sql.CREATE_DEFINITIONS));
            for (var stored : Jdbc.query(connection, Sql.definitions(), Stored::read)) {
                Jdbc.execute(connection, stored.drop());
            }
            Jdbc.execute(connection, List.of(Sql.DELETE_DEFINITIONS));
            for (var store : stores.values()) {
                create(connection, store.sql);
            }
        });
        stores.values().forEach(BufferedViewStore::rolledBack);
    }

    private final class JdbcViewStore<V> extends BufferedViewStore<V> {

        final Sql<V> sql;

        /**
         * What is committed, as far as it was folded lately. It can't be older than what is in the database: what was
         * loaded is kept only if nothing was committed meanwhile.
         */
        private final Map<String, V> atHand = new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > AT_HAND;
            }
        };

        private long commits;

        JdbcViewStore(ViewDefinition<V> definition) {
            super(definition, changes);
            sql = new Sql<>(definition, columns);
        }

        private V read(String doc) {
            return json.readValue(doc, definition.type());
        }

        private Optional<V> load(String key) {
            return jdbc.query(sql.get(key), row -> read(row.getString(1))).stream()
                    .findFirst();
        }

        @Override
        Optional<V> getCommitted(String key, boolean folding) {
            if (!folding) {
                return load(key);
            }
            long before;
            synchronized (atHand) {
                var known = atHand.get(key);
                if (known != null) {
                    return Optional.of(known);
                }
                before = commits;
            }
            var loaded = load(key);
            synchronized (atHand) {
                if (before == commits) {
                    loaded.ifPresent(view -> atHand.put(key, view));
                }
            }
            return loaded;
        }

        @Override
        List<V> allCommitted(Selection selection) {
            return jdbc.query(sql.select(selection, null), row -> read(row.getString(1)));
        }

        @Override
        Page<V> findCommitted(Selection selection, int limit, @Nullable List<@Nullable Object> after) {
            var found = jdbc.query(
                    sql.select(selection, after).then(" LIMIT " + (limit + 1)), row -> read(row.getString(1)));
            return page(found, columns.order(selection), limit, null);
        }

        @Override
        long countCommitted(Selection selection) {
            return jdbc.query(sql.count(selection), row -> row.getLong(1)).get(0);
        }

        @Override
        Map<String, Long> countCommittedBy(String column, Selection selection) {
            var counts = new TreeMap<String, Long>();
            jdbc.query(
                    sql.countBy(column, selection),
                    row -> counts.put(row.getObject(1).toString(), row.getLong(2)));
            return counts;
        }

        @Override
        void write(Map<String, Optional<V>> batch) {
            var known = known(batch.keySet());
            var merged = new ArrayList<List<@Nullable Object>>();
            var removed = new ArrayList<List<@Nullable Object>>();
            batch.forEach((key, view) -> {
                if (view.isEmpty()) {
                    removed.add(List.of(key));
                } else if (isChanged(view.get(), known.get(key))) {
                    merged.add(row(key, view.get()));
                }
            });
            jdbc.change(connection -> {
                Jdbc.batch(connection, sql.delete(sql.table), removed);
                Jdbc.batch(connection, sql.merge(), merged);
                for (var column : columns.multiple()) {
                    writeNames(connection, column, batch, known);
                }
            });
        }

        /** The same instance may have been changed in place, which a comparison with itself can't tell. */
        private boolean isChanged(V view, @Nullable V before) {
            return view == before || !view.equals(before);
        }

        /** What is at hand of these, as it is committed. */
        private Map<String, V> known(Set<String> keys) {
            var known = new HashMap<String, V>();
            synchronized (atHand) {
                for (var key : keys) {
                    var view = atHand.get(key);
                    if (view != null) {
                        known.put(key, view);
                    }
                }
            }
            return known;
        }

        private List<@Nullable Object> row(String key, V view) {
            var row = new ArrayList<@Nullable Object>();
            row.add(key);
            for (var column : columns.single()) {
                row.add(columns.value(column.name(), view));
            }
            row.add(json.writeValueAsString(view));
            return row;
        }

        private void writeNames(
                Connection connection, Column<V> column, Map<String, Optional<V>> batch, Map<String, V> known)
                throws SQLException {
            var deleted = new ArrayList<List<@Nullable Object>>();
            var inserted = new ArrayList<List<@Nullable Object>>();
            batch.forEach((key, view) -> {
                var names = view.map(v -> columns.names(column, v)).orElse(Set.of());
                var before = known.get(key);
                if (before == null || !columns.names(column, before).equals(names)) {
                    deleted.add(List.of(key));
                    names.forEach(name -> inserted.add(List.of(key, name)));
                }
            });
            Jdbc.batch(connection, sql.delete(sql.namesTable(column)), deleted);
            Jdbc.batch(connection, sql.insertName(column), inserted);
        }

        @Override
        void committed(Map<String, Optional<V>> batch) {
            synchronized (atHand) {
                commits++;
                batch.forEach((key, view) -> view.ifPresentOrElse(v -> atHand.put(key, v), () -> atHand.remove(key)));
            }
        }

        /** A commit that failed may have come through: nothing is known any more. */
        @Override
        void rolledBack() {
            synchronized (atHand) {
                commits++;
                atHand.clear();
            }
        }
    }
}
