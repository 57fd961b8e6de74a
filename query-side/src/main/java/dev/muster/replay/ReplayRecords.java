package dev.muster.replay;

import dev.muster.view.ViewStoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.axonframework.common.jdbc.ConnectionProvider;

/** Keeps the replay that is under way, in the database of the views. Asked within units of work only. */
final class ReplayRecords {

    private static final String CREATE = "CREATE TABLE IF NOT EXISTS view_replays (id VARCHAR(40) PRIMARY KEY,"
            + " views VARCHAR(4000) NOT NULL, from_position BIGINT, verify BOOLEAN NOT NULL, generation INT NOT NULL)";

    private final ConnectionProvider connections;

    ReplayRecords(ConnectionProvider connections) {
        this.connections = connections;
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Use<T> use) {
        try (var connection = connections.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return use.of(statement);
        } catch (SQLException e) {
            throw new ViewStoreException("What is known of replays can't be read or written: " + e.getMessage(), e);
        }
    }

    void prepare() {
        with(CREATE, PreparedStatement::execute);
    }

    Optional<ReplayRecord> underWay() {
        return with("SELECT id, views, from_position, verify, generation FROM view_replays", statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        });
    }

    private static ReplayRecord read(ResultSet row) throws SQLException {
        return new ReplayRecord(
                row.getString(1),
                ReplayRecord.viewNames(row.getString(2)),
                row.getObject(3, Long.class),
                row.getBoolean(4),
                row.getInt(5));
    }

    void insert(ReplayRecord record) {
        with(
                "INSERT INTO view_replays (id, views, from_position, verify, generation) VALUES (?, ?, ?, ?, ?)",
                statement -> {
                    statement.setString(1, record.id());
                    statement.setString(2, record.viewNames());
                    statement.setObject(3, record.from());
                    statement.setBoolean(4, record.verify());
                    statement.setInt(5, record.generation());
                    return statement.executeUpdate();
                });
    }

    void delete(String id) {
        with("DELETE FROM view_replays WHERE id = ?", statement -> {
            statement.setString(1, id);
            return statement.executeUpdate();
        });
    }
}
