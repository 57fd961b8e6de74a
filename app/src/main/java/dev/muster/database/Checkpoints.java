package dev.muster.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has H2 write its file while nobody is writing to a table, so that the file has whole transactions, and has it gain back the
 * space of what is outdated. Taking note of what there is to write takes well under a millisecond; it is written in the background.
 */
final class Checkpoints implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** How much of the file should be in use at least, in percent: what H2 itself aims at while it is written to. */
    private static final int FILL = 45;

    /** How much is copied at a time to gain space, while others wait. */
    private static final int BYTES_COPIED = 1 << 20;

    private final MVStore store;
    private final Pen pen;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        var made = new Thread(work, "muster-view-checkpoints");
        made.setDaemon(true);
        return made;
    });

    /** @param connection of H2, in this process */
    Checkpoints(Connection connection, Pen pen, Duration between) throws SQLException {
        // SQL's CHECKPOINT would wait for the disk, and everybody who writes for it.
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        this.store = session.getDatabase().getStore().getMvStore();
        this.pen = pen;
        thread.scheduleWithFixedDelay(this::attempt, between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt() {
        try {
            make();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The views were not written to their file, and will be a little later", e);
        }
    }

    private void make() throws SQLException {
        pen.take();
        try {
            if (store.hasUnsavedChanges()) {
                store.tryCommit();
                store.compact(FILL, BYTES_COPIED);
            }
        } finally {
            pen.giveBack();
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("A checkpoint of the views takes more than 30 seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
