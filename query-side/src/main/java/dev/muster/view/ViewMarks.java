package dev.muster.view;

import dev.muster.digest.Digest;
import dev.muster.hash.MultisetHash;
import dev.muster.view.Sql.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Notes, in the transaction that moves the token, where the views stand, and what their digests are after each thousand events:
 * as of the positions 999, 1999 and so on, whatever a batch is. It is an interceptor of the processor that folds them.
 */
public final class ViewMarks {

    /** How many events there are between two recorded digests. */
    public static final int EVERY = 1_000;

    private final Jdbc jdbc;
    private final String reader;
    private final Supplier<Collection<JdbcViewStore<?>>> stores;
    private final String reached = ViewMarks.class.getName() + "/" + System.identityHashCode(this);
    private volatile @Nullable Long position;

    ViewMarks(Jdbc jdbc, String reader, Supplier<Collection<JdbcViewStore<?>>> stores) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.stores = stores;
    }

    /** For the processor that folds these views, and no other. */
    public MessageHandlerInterceptor<EventMessage<?>> interceptor() {
        return this::note;
    }

    private @Nullable Object note(UnitOfWork<? extends EventMessage<?>> unitOfWork, InterceptorChain chain)
            throws Exception {
        var result = chain.proceed();
        if (unitOfWork.getMessage() instanceof TrackedEventMessage<?> event) {
            var at = event.trackingToken().position().orElse(-1);
            Noted noted = unitOfWork.root().getOrComputeResource(reached, key -> {
                var first = new Noted();
                unitOfWork.root().onPrepareCommit(u -> write(first));
                unitOfWork.root().afterCommit(u -> position = first.position);
                return first;
            });
            noted.position = at;
            if ((at + 1) % EVERY == 0) {
                mark(at, noted.marks);
            }
        }
        return result;
    }

    /** What a unit of work has to write. The database is written to at its end alone, so that nobody waits for the rest. */
    private static final class Noted {

        private final List<List<@Nullable Object>> marks = new ArrayList<>();
        private long position;
    }

    private void write(Noted noted) {
        jdbc.change(connection -> Jdbc.batch(
                connection,
                "MERGE INTO view_marks (name, generation, position, digest) KEY (name, generation, position)"
                        + " VALUES (?, ?, ?, ?)",
                noted.marks));
        writePosition(noted.position);
    }

    private void writePosition(long at) {
        jdbc.change(connection -> Jdbc.batch(
                connection,
                "MERGE INTO view_positions (reader, position) KEY (reader) VALUES (?, ?)",
                List.of(List.of(reader, at))));
    }

    /** Of an event that is stored as one and read as several, the last one counts. */
    private void mark(long at, List<List<@Nullable Object>> marks) {
        for (var store : stores.get()) {
            store.countWritten();
            marks.add(List.of(
                    store.sql().name(),
                    store.sql().generation,
                    at,
                    store.digest.now().hex()));
        }
    }

    /** The position of the last event that was folded and committed; -1 before the first. */
    public long position() {
        var known = position;
        if (known == null) {
            known = jdbc
                    .query(
                            new Part("SELECT position FROM view_positions WHERE reader = ?", List.of(reader)),
                            row -> row.getLong(1))
                    .stream()
                    .findFirst()
                    .orElse(-1L);
            position = known;
        }
        return known;
    }

    /** Says, in the unit of work at hand, that they stand elsewhere. */
    void moveTo(long elsewhere) {
        writePosition(elsewhere);
        CurrentUnitOfWork.get().root().afterCommit(u -> position = elsewhere);
    }

    /** Reads again where they stand. */
    void forget() {
        position = null;
    }

    private static final Part COMMITTED = new Part(
            "SELECT name, generation, state, CAST(NULL AS BIGINT) FROM view_digests"
                    + " UNION ALL SELECT reader, -1, NULL, position FROM view_positions",
            List.of());

    private record Row(String name, int generation, byte @Nullable [] state, long position) {}

    /** By one statement, which sees one moment. */
    Digest committed() {
        var rows =
                jdbc.query(COMMITTED, row -> new Row(row.getString(1), row.getInt(2), row.getBytes(3), row.getLong(4)));
        var at = -1L;
        for (var row : rows) {
            if (row.state == null && row.name.equals(reader)) {
                at = row.position;
            }
        }
        var digests = new TreeMap<String, String>();
        for (var store : stores.get()) {
            var sql = store.sql();
            digests.put(
                    sql.name(),
                    rows.stream()
                            .filter(row -> row.name.equals(sql.name()) && row.generation == sql.generation)
                            .flatMap(row -> Optional.ofNullable(row.state).stream())
                            .findFirst()
                            .map(MultisetHash::of)
                            .orElseGet(MultisetHash::new)
                            .hex());
        }
        return Digests.of(at, digests, false);
    }

    /** What was recorded as of that position; nothing if it was not, of any of these views. */
    Optional<Digest> recorded(long at) {
        var digests = new TreeMap<String, String>();
        for (var store : stores.get()) {
            var sql = store.sql();
            var found = jdbc.query(
                    new Part(
                            "SELECT digest FROM view_marks WHERE name = ? AND generation = ? AND position = ?",
                            List.of(sql.name(), sql.generation, at)),
                    row -> row.getString(1));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            digests.put(sql.name(), found.get(0));
        }
        return Optional.of(Digests.of(at, digests, true));
    }
}
