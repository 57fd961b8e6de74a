package dev.muster.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One transaction writes at a time. */
class OneWriterTest {

    private static final String INSERT = "INSERT INTO notes VALUES (?)";

    private final SingleConnectionDataSource held =
            new SingleConnectionDataSource("jdbc:h2:mem:one-writer;DB_CLOSE_DELAY=-1", false);
    private final OneWriter database = new OneWriter(h2(), Duration.ofMillis(50));

    private static DataSource h2() {
        var h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:one-writer");
        return h2;
    }

    @BeforeEach
    void create() {
        new JdbcTemplate(held).execute("CREATE TABLE notes (text VARCHAR)");
    }

    @AfterEach
    void drop() {
        new JdbcTemplate(held).execute("DROP ALL OBJECTS");
        held.destroy();
    }

    /** @return whether another thread could write meanwhile */
    private boolean othersWrite() throws Exception {
        return elsewhere(() -> {
            try {
                new JdbcTemplate(database).update(INSERT, "another's");
                return true;
            } catch (RuntimeException e) {
                assertThat(e).hasRootCauseInstanceOf(SQLTransientException.class);
                return false;
            }
        });
    }

    private static <T> T elsewhere(Callable<T> work) throws Exception {
        var thread = Executors.newSingleThreadExecutor();
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            thread.shutdown();
        }
    }

    private long notes() {
        return new JdbcTemplate(database)
                .queryForList("SELECT text FROM notes WHERE text <> ?", "")
                .size();
    }

    @Test
    void from_its_first_write_until_it_commits() throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            assertThat(othersWrite()).as("before it writes").isTrue();
            try (var insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, "mine");
                insert.executeUpdate();
            }
            assertThat(othersWrite()).as("while it writes").isFalse();
            assertThat(elsewhere(this::notes)).as("who reads does not wait").isEqualTo(1);
            connection.commit();
            assertThat(othersWrite()).as("after its commit").isTrue();
        }
        assertThat(notes()).isEqualTo(3);
    }

    @Test
    void until_it_rolls_back() throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("DELETE FROM notes");
            assertThat(othersWrite()).isFalse();
            connection.rollback();
            assertThat(othersWrite()).isTrue();
        }
    }

    @Test
    void rows_that_are_read_in_order_to_change_them_count_as_written() throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.prepareStatement("select text from notes for update").executeQuery();
            assertThat(othersWrite()).isFalse();
        }
        assertThat(othersWrite()).as("after it was closed").isTrue();
    }

    @Test
    void a_statement_that_fails_ends_nothing_and_closing_does() throws Exception {
        try (var connection = database.getConnection()) {
            assertThatThrownBy(() -> connection.prepareStatement("INSERT INTO nowhere VALUES (1)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("NOWHERE");
            assertThat(othersWrite()).isFalse();
        }
        assertThat(othersWrite()).isTrue();
    }

    @Test
    void a_thread_that_writes_may_write_by_another_connection_too() throws Exception {
        try (var outer = database.getConnection()) {
            outer.setAutoCommit(false);
            outer.createStatement().executeUpdate("DELETE FROM notes");
            new JdbcTemplate(database).update(INSERT, "by another connection");
            assertThat(othersWrite()).as("the outer one has not committed").isFalse();
            outer.commit();
        }
        assertThat(othersWrite()).isTrue();
    }
}
