package dev.muster.index;

import dev.muster.history.HistoryRow;
import dev.muster.history.IndexSearch;
import dev.muster.history.LogIndex;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewReads;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The index of the log in its own database. It is written when a unit of work prepares its commit, so before the views are
 * committed: it may be ahead of them, and shows nothing of that.
 */
public final class RocksLogIndex implements LogIndex, AutoCloseable {

    /** What listeners to changes of views are told. */
    private static final String NAME = "history";

    private static final String POSITION = "position";

    /** For fewer rows another thread is not woken. */
    private static final int WORTH_IT = 64;

    private final IndexDatabase database;
    private final LongSupplier reached;
    private final ViewChanges changes;
    private final String rows = RocksLogIndex.class.getName() + "/" + System.identityHashCode(this);
    /** Writes a large batch while the thread that folds writes the views. It begins with the first such batch. */
    private final ExecutorService beside = Executors.newSingleThreadExecutor(work -> {
        var thread = new Thread(work, "muster-log-index");
        thread.setDaemon(true);
        return thread;
    });

    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private volatile long position;
    private long latest;

    /**
     * @param reached the position of the last event that the views have folded and committed, asked for at each read
     * @param changes told of changes, once the unit of work is committed
     */
    RocksLogIndex(IndexDatabase database, LongSupplier reached, ViewChanges changes) {
        this.database = database;
        this.reached = reached;
        this.changes = changes;
        this.position = note(POSITION).map(Long::parseLong).orElse(-1L);
        this.latest = latestTime();
    }

    private long latestTime() {
        return database.read((db, keys) -> {
            keys.seekForPrev(Keys.behindTimes());
            return keys.isValid() && isTime(keys.key()) ? Keys.millisOf(keys.key()) : Long.MIN_VALUE;
        });
    }

    private static boolean isTime(byte[] key) {
        return key[0] == Keys.times()[0];
    }

    /** Up to where it is complete: the position of the last event in it; -1 before the first. */
    public long position() {
        return position;
    }

    Optional<String> note(String name) {
        return Optional.ofNullable(database.read((db, keys) -> db.get(Keys.note(name))))
                .map(text -> new String(text, StandardCharsets.UTF_8));
    }

    void note(String name, String text) {
        try (var batch = new WriteBatch()) {
            note(batch, name, text);
            database.write(batch);
        } catch (RocksDBException e) {
            throw IndexDatabase.failed(e);
        }
    }

    private static void note(WriteBatch batch, String name, String text) throws RocksDBException {
        batch.put(Keys.note(name), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The row of the first part of the event at that position. */
    Optional<HistoryRow> at(long wanted) {
        return database.read((db, keys) -> row(db, new Place(wanted, 1)));
    }

    private static Optional<HistoryRow> row(RocksDB db, Place place) throws RocksDBException {
        return Optional.ofNullable(db.get(Keys.row(place))).map(value -> Rows.read(place.position(), value));
    }

    // ---- what is found

    @Override
    public List<HistoryRow> find(IndexSearch search, int limit) {
        ViewReads.any(NAME);
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1, but is " + limit);
        }
        var visible = search.upTo(reached.getAsLong());
        return database.read((db, keys) -> {
            var found = new ArrayList<HistoryRow>();
            for (var places = Places.of(keys, visible); places.hasNext(); ) {
                var place = places.next();
                if (found.size() >= limit
                        && place.position() != found.get(found.size() - 1).position()) {
                    break;
                }
                row(db, place).filter(visible::matches).ifPresent(found::add);
            }
            return found;
        });
    }

    @Override
    public OptionalLong firstLaterThan(Instant moment) {
        var millis = Entries.millis(moment);
        if (millis == Long.MAX_VALUE) {
            return OptionalLong.empty();
        }
        var visible = reached.getAsLong();
        return database.read((db, keys) -> {
            keys.seek(Keys.time(millis + 1, 0));
            if (!keys.isValid() || !isTime(keys.key())) {
                return OptionalLong.empty();
            }
            var first = Keys.positionOf(keys.key());
            return first <= visible ? OptionalLong.of(first) : OptionalLong.empty();
        });
    }

    // ---- what is written

    @Override
    public void put(HistoryRow row) {
        if (!CurrentUnitOfWork.isStarted()) {
            awaitWritten();
            write(List.of(row));
            changes.changed(NAME);
            return;
        }
        var root = CurrentUnitOfWork.get().root();
        List<HistoryRow> batch = root.getResource(rows);
        if (batch == null) {
            batch = join(root);
        }
        batch.add(row);
    }

    private List<HistoryRow> join(UnitOfWork<?> root) {
        var batch = new ArrayList<HistoryRow>();
        root.resources().put(rows, batch);
        root.onPrepareCommit(u -> {
            u.resources().remove(rows);
            begin(batch);
            // Behind all that write their views meanwhile.
            u.onPrepareCommit(then -> awaitWritten());
        });
        root.afterCommit(u -> changes.changed(NAME));
        return batch;
    }

    private void begin(List<HistoryRow> batch) {
        awaitWritten();
        if (batch.size() < WORTH_IT) {
            write(batch);
        } else {
            writing = CompletableFuture.runAsync(() -> write(batch), beside);
        }
    }

    /** Fails if that failed; whoever comes next writes again what is missing. */
    private void awaitWritten() {
        var awaited = writing;
        writing = CompletableFuture.completedFuture(null);
        try {
            awaited.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** What is there already was written for views that were not committed then, or are folded again. */
    void write(List<HistoryRow> batch) {
        var last = batch.get(batch.size() - 1).position();
        if (last <= position) {
            return;
        }
        try (var written = new WriteBatch()) {
            var entries = new Entries(written, latest);
            for (var row : batch) {
                if (row.position() > position) {
                    entries.add(row);
                }
            }
            var latestNow = entries.finish();
            note(written, POSITION, Long.toString(last));
            database.write(written);
            latest = latestNow;
            position = last;
        } catch (RocksDBException e) {
            throw IndexDatabase.failed(e);
        }
    }

    @Override
    public void close() {
        beside.shutdown();
        database.close();
    }
}
