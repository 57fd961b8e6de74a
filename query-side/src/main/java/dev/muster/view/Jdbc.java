package dev.muster.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The few ways in which the stores use JDBC. In a unit of work the connection is the unit of work's, and so is the commit;
 * otherwise each change is a transaction of its own.
 */
final class Jdbc {

    /** Reads a row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Changes something, with one connection. */
    interface Change {
        void on(Connection connection) throws SQLException;
    }

    private final ConnectionProvider connections;

    Jdbc(ConnectionProvider connections) {
        this.connections = connections;
    }

    <T> List<T> query(Sql.Part sql, Row<T> rows) {
        try (var connection = connections.getConnection()) {
            return query(connection, sql, rows);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    static <T> List<T> query(Connection connection, Sql.Part sql, Row<T> rows) throws SQLException {
        try (var statement = connection.prepareStatement(sql.text())) {
            bind(statement, sql.arguments());
            var found = new ArrayList<T>();
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    found.add(rows.read(result));
                }
            }
            return found;
        }
    }

    void change(Change change) {
        try (var connection = connections.getConnection()) {
            if (isCommittedByOthers()) {
                change.on(connection);
            } else {
                inTransaction(connection, change);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static boolean isCommittedByOthers() {
        return CurrentUnitOfWork.isStarted()
                && !CurrentUnitOfWork.get().phase().isAfter(UnitOfWork.Phase.PREPARE_COMMIT);
    }

    private static void inTransaction(Connection connection, Change change) throws SQLException {
        var commitsByItself = connection.getAutoCommit();
        if (commitsByItself) {
            connection.setAutoCommit(false);
        }
        try {
            change.on(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            if (commitsByItself) {
                connection.setAutoCommit(true);
            }
        }
    }

    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static void batch(Connection connection, String sql, List<List<@Nullable Object>> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (var row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, List<@Nullable Object> arguments) throws SQLException {
        for (int i = 0; i < arguments.size(); i++) {
            statement.setObject(i + 1, arguments.get(i));
        }
    }

    private static ViewStoreException failed(SQLException e) {
        return new ViewStoreException("The views can't be read or written: " + e.getMessage(), e);
    }
}
