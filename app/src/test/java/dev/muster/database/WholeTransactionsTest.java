package dev.muster.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a transaction has changed in several tables is in the file whole or not at all, whenever the process is killed. With H2's own
 * writer a few kills are enough to tear one.
 */
@Tag("slow")
class WholeTransactionsTest {

    private static final int KILLS = Integer.getInteger("muster.crash.rounds", 30);
    private static final List<String> WRITERS = List.of("views", "sagas");
    private static final String FILE = "views";

    @TempDir
    Path folder;

    /** Tables that are written besides: the more there are, the longer H2 takes to note what it writes. */
    private static final int OTHER_TABLES = 40;

    @Test
    void whenever_the_process_is_killed() throws Exception {
        createTables();
        var random = new Random(42);
        var counted = 0L;
        for (int kill = 1; kill <= KILLS; kill++) {
            var child = start();
            try {
                assertThat(child.inputReader().lines().anyMatch("writing"::equals))
                        .isTrue();
                LockSupport.parkNanos(600_000_000L + random.nextInt(600_000_000));
            } finally {
                child.destroyForcibly().waitFor();
            }
            counted = check(kill);
        }
        assertThat(counted).isPositive();
    }

    private void createTables() throws SQLException {
        try (var database = new ViewDatabase(folder.resolve(FILE))) {
            var sql = new JdbcTemplate(database.connections());
            sql.execute("CREATE TABLE digests (k VARCHAR PRIMARY KEY, n BIGINT)");
            for (int other = 0; other < OTHER_TABLES; other++) {
                sql.execute("CREATE TABLE other_" + other + " (k VARCHAR PRIMARY KEY)");
            }
            for (var writer : WRITERS) {
                sql.execute("CREATE TABLE rows_" + writer + " (k BIGINT PRIMARY KEY, doc VARCHAR)");
                sql.execute("CREATE TABLE token_" + writer + " (k VARCHAR PRIMARY KEY, n BIGINT)");
            }
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.resolve(FILE).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private long check(int kill) throws SQLException {
        var all = 0L;
        try (var database = new ViewDatabase(folder.resolve(FILE))) {
            var sql = new JdbcTemplate(database.connections());
            for (var writer : WRITERS) {
                var rows = count(sql, "SELECT COUNT(*) FROM rows_" + writer);
                var digest = count(sql, "SELECT COALESCE(MAX(n), 0) FROM digests WHERE k = '" + writer + "'");
                var token = count(sql, "SELECT COALESCE(MAX(n), 0) FROM token_" + writer);
                assertThat(List.of(digest, token))
                        .as("%s after kill %d: digest and token, of %d rows", writer, kill, rows)
                        .containsOnly(rows);
                all += rows;
            }
        }
        return all;
    }

    private static long count(JdbcTemplate sql, String query) {
        var count = sql.queryForObject(query, Long.class);
        return count == null ? -1 : count;
    }

    /** Writes until it is killed: rows, a table that all share, and a table of few rows, in one transaction. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            try (var database = new ViewDatabase(Path.of(arguments[0]))) {
                WRITERS.forEach(writer -> new Thread(() -> write(database, writer)).start());
                System.out.println("writing");
                new CountDownLatch(1).await();
            }
        }

        private static void write(ViewDatabase database, String writer) {
            var sql = new JdbcTemplate(database.connections());
            var transaction = new TransactionTemplate(new DataSourceTransactionManager(database.connections()));
            for (var next = count(sql, "SELECT COUNT(*) FROM rows_" + writer) + 1; ; next++) {
                var n = next;
                transaction.executeWithoutResult(status -> {
                    sql.update("INSERT INTO rows_" + writer + " VALUES (?, ?)", n, "x".repeat(200));
                    sql.update("MERGE INTO digests KEY (k) VALUES (?, ?)", writer, n);
                    sql.update("MERGE INTO token_" + writer + " KEY (k) VALUES ('token', ?)", n);
                });
            }
        }
    }
}
