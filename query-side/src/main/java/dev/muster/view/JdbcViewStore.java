package dev.muster.view;

import dev.muster.hash.CanonicalJson;
import dev.muster.hash.Element;
import dev.muster.hash.MultisetHash;
import dev.muster.message.Page;
import dev.muster.view.ViewDefinition.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Views of one kind in tables of one generation, which another one may take the place of while it is read. */
final class JdbcViewStore<V> extends BufferedViewStore<V> {

    /** How many views of a kind the writer keeps at hand. */
    private static final int AT_HAND = 10_000;

    private static final int KEYS_AT_A_TIME = 256;

    /** For fewer views other threads are not woken. */
    private static final int WORTH_IT = 64;

    /** Tables, and who reads them. */
    private record Tables<V>(Sql<V> sql, ReentrantReadWriteLock inUse) {
        Tables(Sql<V> sql) {
            this(sql, new ReentrantReadWriteLock());
        }
    }

    /** A view with the hash under which the digest has it. */
    private record Known<V>(V view, byte[] hash) {}

    private final Jdbc jdbc;
    private final JsonMapper json;
    private final List<Tables<V>> retired = new ArrayList<>();
    private volatile Tables<V> tables;
    final TableDigest digest = new TableDigest(this::storedDigest);

    /**
     * What is committed, as far as it was folded lately. It can't be older than what is in the database: what was loaded is
     * kept only if nothing was committed meanwhile.
     */
    private final Map<String, Known<V>> atHand = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known<V>> eldest) {
            return size() > AT_HAND;
        }
    };

    private long commits;

    /** The views that the digest has counted in the unit of work at hand, as JSON, since both are made in one pass. */
    private final Map<String, String> docs = new HashMap<>();

    /** What the unit of work at hand has written to the database already. */
    private final Set<String> written = new HashSet<>();

    JdbcViewStore(ViewDefinition<V> definition, int generation, ViewChanges changes, Jdbc jdbc, JsonMapper json) {
        super(definition, changes);
        this.jdbc = jdbc;
        this.json = json;
        this.tables = new Tables<>(new Sql<>(definition, columns, generation));
    }

    Sql<V> sql() {
        return tables.sql;
    }

    /** From now on these are the views of that generation. Nobody may be writing. */
    void moveTo(int generation) {
        synchronized (retired) {
            retired.add(tables);
            tables = new Tables<>(new Sql<>(definition, columns, generation));
        }
        rolledBack();
    }

    /** Returns when nobody reads the tables any more that were live before. */
    void awaitReaders() {
        synchronized (retired) {
            for (var old : retired) {
                old.inUse.writeLock().lock();
                old.inUse.writeLock().unlock();
            }
            retired.clear();
        }
    }

    private <T> T reading(Function<Sql<V>, T> read) {
        while (true) {
            var current = tables;
            current.inUse.readLock().lock();
            try {
                if (current == tables) {
                    return read.apply(current.sql);
                }
            } finally {
                current.inUse.readLock().unlock();
            }
        }
    }

    V read(String doc) {
        return json.readValue(doc, definition.type());
    }

    private Optional<Known<V>> load(String key) {
        return reading(
                sql -> jdbc.query(sql.get(key), row -> new Known<>(read(row.getString(1)), row.getBytes(2))).stream()
                        .findFirst());
    }

    @Override
    Optional<V> getCommitted(String key, boolean folding) {
        if (!folding) {
            return load(key).map(Known::view);
        }
        long before;
        synchronized (atHand) {
            var known = atHand.get(key);
            if (known != null) {
                return Optional.of(known.view);
            }
            before = commits;
        }
        var loaded = load(key);
        synchronized (atHand) {
            if (before == commits) {
                loaded.ifPresent(known -> atHand.put(key, known));
            }
        }
        return loaded.map(Known::view);
    }

    @Override
    List<V> allCommitted(Selection selection) {
        return reading(sql -> jdbc.query(sql.select(selection, null), row -> read(row.getString(1))));
    }

    @Override
    Page<V> findCommitted(Selection selection, int limit, @Nullable List<@Nullable Object> after) {
        var found = reading(sql ->
                jdbc.query(sql.select(selection, after).then(" LIMIT " + (limit + 1)), row -> read(row.getString(1))));
        return page(found, columns.order(selection), limit, null);
    }

    @Override
    long countCommitted(Selection selection) {
        return reading(
                sql -> jdbc.query(sql.count(selection), row -> row.getLong(1)).get(0));
    }

    @Override
    Map<String, Long> countCommittedBy(String column, Selection selection) {
        var counts = new TreeMap<String, Long>();
        reading(sql -> jdbc.query(
                sql.countBy(column, selection),
                row -> counts.put(row.getObject(1).toString(), row.getLong(2))));
        return counts;
    }

    @Override
    void write(Map<String, Optional<V>> batch) {
        var known = known(batch.keySet());
        var changed = changed(batch, known);
        count(changed, known);
        var added = new ArrayList<List<@Nullable Object>>();
        var merged = new ArrayList<List<@Nullable Object>>();
        var removed = new ArrayList<List<@Nullable Object>>();
        changed.forEach((key, view) -> {
            if (view.isEmpty()) {
                removed.add(List.of(key));
            } else if (isNew(key)) {
                added.add(row(key, view.get()));
            } else {
                merged.add(row(key, view.get()));
            }
        });
        var sql = sql();
        var before = columns.aside().isEmpty() ? Map.<String, V>of() : inDatabase(changed, known);
        jdbc.change(connection -> {
            Jdbc.batch(connection, sql.delete(), removed);
            Jdbc.batch(connection, sql.insert(), added);
            Jdbc.batch(connection, sql.merge(), merged);
            for (var column : columns.aside()) {
                writeAside(connection, column, changed, before);
            }
            writeDigest(connection);
        });
        written.addAll(batch.keySet());
    }

    /** Whether nothing is there for sure, so that it need not be looked for. */
    private boolean isNew(String key) {
        return !written.contains(key) && digest.isAdded(key);
    }

    /** What is not as it is committed, or was not when the digest was wanted in between. */
    private Map<String, Optional<V>> changed(Map<String, Optional<V>> batch, Map<String, Known<V>> known) {
        var changed = new LinkedHashMap<String, Optional<V>>();
        batch.forEach((key, view) -> {
            var before = known.get(key);
            if (view.isEmpty() || before == null || isChanged(view.get(), before.view) || digest.hasCounted(key)) {
                changed.put(key, view);
            }
        });
        return changed;
    }

    /** The same instance may have been changed in place, which a comparison with itself can't tell. */
    private boolean isChanged(V view, V before) {
        return view == before || !view.equals(before);
    }

    /** Counts in the digest what the unit of work at hand has written up to now. */
    void countWritten() {
        var written = buffered();
        if (written != null) {
            var known = known(written.keySet());
            count(changed(written, known), known);
        }
    }

    /** What was counted before, at a mark, and was not written to since, is counted already. */
    private void count(Map<String, Optional<V>> changed, Map<String, Known<V>> known) {
        var buffer = buffer();
        var keys = new LinkedHashSet<>(changed.keySet());
        if (buffer != null) {
            keys.retainAll(buffer.takeUncounted());
        }
        var stored = storedHashes(keys.stream()
                .filter(key -> !known.containsKey(key) && !digest.hasCounted(key))
                .toList());
        var elements = elements(List.copyOf(keys), changed);
        for (var key : keys) {
            var before = known.containsKey(key) ? known.get(key).hash : stored.getOrDefault(key, TableDigest.ABSENT);
            var after = elements.get(key);
            if (after == null) {
                docs.remove(key);
                digest.count(key, before, TableDigest.ABSENT);
            } else {
                docs.put(key, after.json());
                digest.count(key, before, after.hash());
            }
        }
    }

    /** Of the views that are there. The writer waits until they are made, so no view is changed meanwhile. */
    private Map<String, Element> elements(List<String> keys, Map<String, Optional<V>> changed) {
        var stream = keys.size() < WORTH_IT ? keys.stream() : keys.parallelStream();
        return stream.filter(key -> changed.get(key).isPresent())
                .collect(Collectors.toMap(
                        Function.identity(),
                        key -> CanonicalJson.element(key, changed.get(key).orElseThrow())));
    }

    private Map<String, byte[]> storedHashes(List<String> keys) {
        var hashes = new HashMap<String, byte[]>();
        for (int from = 0; from < keys.size(); from += KEYS_AT_A_TIME) {
            var some = keys.subList(from, Math.min(keys.size(), from + KEYS_AT_A_TIME));
            jdbc.query(sql().hashes(some), row -> hashes.put(row.getString(1), row.getBytes(2)));
        }
        return hashes;
    }

    private void writeDigest(Connection connection) throws SQLException {
        var sql = sql();
        if (digest.isChanged()) {
            Jdbc.batch(
                    connection,
                    "MERGE INTO view_digests (name, generation, state) KEY (name, generation) VALUES (?, ?, ?)",
                    List.of(List.of(sql.name(), sql.generation, digest.now().state())));
        }
    }

    private MultisetHash storedDigest() {
        var sql = sql();
        var state = new Sql.Part(
                "SELECT state FROM view_digests WHERE name = ? AND generation = ?",
                List.of(sql.name(), sql.generation));
        return jdbc.query(state, row -> MultisetHash.of(row.getBytes(1))).stream()
                .findFirst()
                .orElseGet(MultisetHash::new);
    }

    /** What is at hand of these, as it is committed. */
    private Map<String, Known<V>> known(Collection<String> keys) {
        var known = new HashMap<String, Known<V>>();
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
            row.add(columns.value(column, view));
        }
        row.add(docs.get(key));
        row.add(digest.counted(key));
        return row;
    }

    /** What the unit of work at hand finds in the database of these, as far as it is not known to find nothing. */
    private Map<String, V> inDatabase(Map<String, Optional<V>> changed, Map<String, Known<V>> known) {
        var found = new HashMap<String, V>();
        changed.forEach((key, view) -> {
            if (isNew(key)) {
                return;
            }
            var committed = known.get(key);
            if (committed != null && !written.contains(key) && view.orElse(null) != committed.view) {
                found.put(key, committed.view);
            } else {
                load(key).ifPresent(stored -> found.put(key, stored.view));
            }
        });
        return found;
    }

    private void writeAside(
            Connection connection, Column<V> column, Map<String, Optional<V>> changed, Map<String, V> before)
            throws SQLException {
        var deleted = new ArrayList<List<@Nullable Object>>();
        var inserted = new ArrayList<List<@Nullable Object>>();
        changed.forEach((key, view) -> {
            var there = before.containsKey(key) ? columns.aside(column, before.get(key)) : Set.of();
            var wanted = view.isPresent() ? columns.aside(column, view.get()) : Set.of();
            if (!there.equals(wanted)) {
                there.stream().filter(name -> !wanted.contains(name)).forEach(name -> deleted.add(List.of(key, name)));
                wanted.stream().filter(name -> !there.contains(name)).forEach(name -> inserted.add(List.of(key, name)));
            }
        });
        var sql = sql();
        Jdbc.batch(connection, sql.deleteAside(column), deleted);
        Jdbc.batch(connection, sql.insertAside(column), inserted);
    }

    @Override
    void committed(Map<String, Optional<V>> batch) {
        synchronized (atHand) {
            commits++;
            written.clear();
            docs.clear();
            batch.forEach((key, view) -> view.ifPresentOrElse(v -> keep(key, v), () -> atHand.remove(key)));
            digest.committed();
        }
    }

    private void keep(String key, V view) {
        var before = atHand.get(key);
        if (digest.hasCounted(key)) {
            atHand.put(key, new Known<>(view, digest.counted(key)));
        } else if (before != null) {
            atHand.put(key, new Known<>(view, before.hash));
        }
    }

    /** A commit that failed may have come through: nothing is known any more. */
    @Override
    void rolledBack() {
        synchronized (atHand) {
            commits++;
            atHand.clear();
            written.clear();
            docs.clear();
            digest.forget();
        }
    }
}
