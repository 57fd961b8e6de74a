package dev.muster.view;

import dev.muster.message.JsonMappers;
import dev.muster.message.Page;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <V> ViewStore<V> open(ViewDefinition<V> definition) {
        var store = stores.get(definition.name());
        if (store == null) {
            store = new JdbcViewStore<>(definition);
            stores.put(definition.name(), store);
            jdbc.execute(store.sql.create());
        }
        if (store.definition() != definition) {
            throw new IllegalStateException("Two views are named " + definition.name() + ". Rename one.");
        }
        return (ViewStore<V>) store;
    }

    /** SHA-256 over what the stores that are open keep, and in which form. */
    public synchronized String fingerprint() {
        var shapes = stores.values().stream()
                .map(store -> store.sql.shape())
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(shapes.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Throws all views of the stores that are open away. No unit of work may be writing to them. */
    public synchronized void clear() {
        for (var store : stores.values()) {
            jdbc.execute(store.sql.drop());
            jdbc.execute(store.sql.create());
            store.atHand.clear();
        }
    }

    private final class JdbcViewStore<V> extends BufferedViewStore<V> {

        final Sql<V> sql;

        /** What is committed; kept by the one writer alone, so that it can't be older than what is in the database. */
        final Map<String, V> atHand = new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > AT_HAND;
            }
        };

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
            synchronized (atHand) {
                var known = atHand.get(key);
                if (known != null) {
                    return Optional.of(known);
                }
                var loaded = load(key);
                loaded.ifPresent(view -> atHand.put(key, view));
                return loaded;
            }
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
            jdbc.query(sql.countBy(column, selection), row -> counts.put(textOf(row.getObject(1)), row.getLong(2)));
            return counts;
        }

        private static String textOf(Object value) {
            return value.toString();
        }

        @Override
        void write(Map<String, Optional<V>> batch) {
            var merged = new ArrayList<List<@Nullable Object>>();
            var removed = new ArrayList<List<@Nullable Object>>();
            batch.forEach((key, view) -> {
                if (view.isPresent()) {
                    merged.add(row(key, view.get()));
                } else {
                    removed.add(List.of(key));
                }
            });
            jdbc.batch(sql.delete(sql.table), removed);
            jdbc.batch(sql.merge(), merged);
            for (var column : columns.multiple()) {
                writeNames(column, batch);
            }
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

        private void writeNames(ViewDefinition.Column<V> column, Map<String, Optional<V>> batch) {
            var deleted = new ArrayList<List<@Nullable Object>>();
            var inserted = new ArrayList<List<@Nullable Object>>();
            batch.forEach((key, view) -> {
                var names = view.map(v -> columns.names(column, v)).orElse(List.of());
                V before;
                synchronized (atHand) {
                    before = atHand.get(key);
                }
                if (before == null || !Objects.equals(List.copyOf(columns.names(column, before)), List.copyOf(names))) {
                    deleted.add(List.of(key));
                    names.forEach(name -> inserted.add(List.of(key, name)));
                }
            });
            jdbc.batch(sql.delete(sql.namesTable(column)), deleted);
            jdbc.batch(sql.insertName(column), inserted);
        }

        @Override
        void committed(Map<String, Optional<V>> batch) {
            synchronized (atHand) {
                batch.forEach((key, view) -> view.ifPresentOrElse(v -> atHand.put(key, v), () -> atHand.remove(key)));
            }
        }
    }

    /** The few ways in which the stores use JDBC. */
    static final class Jdbc {

        interface Row<T> {
            T read(java.sql.ResultSet row) throws SQLException;
        }

        private final ConnectionProvider connections;

        Jdbc(ConnectionProvider connections) {
            this.connections = connections;
        }

        void execute(List<String> statements) {
            try (var connection = connections.getConnection();
                    var statement = connection.createStatement()) {
                for (var sql : statements) {
                    statement.execute(sql);
                }
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        <T> List<T> query(Sql.Part sql, Row<T> rows) {
            try (var connection = connections.getConnection();
                    var statement = connection.prepareStatement(sql.text())) {
                bind(statement, sql.arguments());
                var found = new ArrayList<T>();
                try (var result = statement.executeQuery()) {
                    while (result.next()) {
                        found.add(rows.read(result));
                    }
                }
                return found;
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        void batch(String sql, List<List<@Nullable Object>> rows) {
            if (rows.isEmpty()) {
                return;
            }
            try (var connection = connections.getConnection();
                    var statement = connection.prepareStatement(sql)) {
                for (var row : rows) {
                    bind(statement, row);
                    statement.addBatch();
                }
                statement.executeBatch();
            } catch (SQLException e) {
                throw failed(e);
            }
        }

        private static void bind(java.sql.PreparedStatement statement, List<@Nullable Object> arguments)
                throws SQLException {
            for (int i = 0; i < arguments.size(); i++) {
                statement.setObject(i + 1, arguments.get(i));
            }
        }

        private static ViewStoreException failed(SQLException e) {
            return new ViewStoreException("The views can't be read or written: " + e.getMessage(), e);
        }
    }
}
