package dev.muster.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * An H2 in a file of this process alone, of which nothing is lost that was committed half a second before the process was killed, and
 * of every later transaction all or nothing. Who folds events into it folds those again that were lost.
 *
 * <p>H2 does not promise the latter by itself: it writes a version of each of its tables in turn while transactions go on, so what
 * a transaction has changed in one table may be in the file, and what it has changed in another one not. So H2's own writer is
 * switched off, one transaction writes at a time ({@link OneWriter}), and {@link Checkpoints} has the file written in between.
 */
public final class ViewDatabase implements AutoCloseable {

    /** How old what is not in the file may be. */
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(500);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /**
     * Large values stay in their row, where they are read with it. A connection keeps its statements, of which the views of
     * all kinds have more than the eight that it would keep. The cache, in KiB, would grow with the heap. The longest delay
     * there is stands for no writer of its own.
     */
    private static final String SETTINGS =
            "MAX_LENGTH_INPLACE_LOB=65536;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64;CACHE_SIZE=32768" + ";WRITE_DELAY="
                    + Integer.MAX_VALUE;

    private static final String USER = "sa";
    private static final int CONNECTIONS = 16;

    private final Connection held;
    private final HikariDataSource pool;
    private final OneWriter connections;
    private final Checkpoints checkpoints;

    /** @throws SQLException if the file can't be opened */
    public ViewDatabase(Path file) throws SQLException {
        var url = "jdbc:h2:file:" + file.toAbsolutePath() + ";" + SETTINGS;
        held = DriverManager.getConnection(url, USER, "");
        pool = new HikariDataSource(settings(url));
        connections = new OneWriter(pool, LONGEST_WAIT);
        checkpoints = new Checkpoints(held, connections.pen(), BETWEEN_CHECKPOINTS);
    }

    private static HikariConfig settings(String url) {
        var settings = new HikariConfig();
        settings.setPoolName("views");
        settings.setJdbcUrl(url);
        settings.setUsername(USER);
        settings.setPassword("");
        settings.setMaximumPoolSize(CONNECTIONS);
        settings.setMinimumIdle(2);
        return settings;
    }

    public DataSource connections() {
        return connections;
    }

    /** Writes what is not in the file yet. */
    @Override
    public void close() throws SQLException {
        checkpoints.close();
        pool.close();
        held.close();
    }
}
