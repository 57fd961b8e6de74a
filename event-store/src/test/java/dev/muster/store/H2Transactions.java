package dev.muster.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.ConnectionWrapperFactory;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.h2.jdbcx.JdbcConnectionPool;

/** Connections to an H2 database in a file, one for each thread that has a transaction, which is that thread's until it ends. */
final class H2Transactions implements ConnectionProvider, TransactionManager, AutoCloseable {

    private final JdbcConnectionPool pool;
    private final ThreadLocal<Connection> current = new ThreadLocal<>();
    private boolean closed;

    H2Transactions(Path file) {
        pool = JdbcConnectionPool.create("jdbc:h2:" + file + ";LOCK_TIMEOUT=60000;DB_CLOSE_DELAY=-1", "sa", "");
        pool.setMaxConnections(100);
    }

    boolean hasTable(String name) {
        try (var connection = pool.getConnection();
                var tables = connection.getMetaData().getTables(null, null, name, null)) {
            return tables.next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void inAnotherThread(Runnable work) {
        CompletableFuture.runAsync(work, task -> new Thread(task).start()).join();
    }

    @Override
    public Connection getConnection() throws SQLException {
        var held = current.get();
        return held == null
                ? pool.getConnection()
                : ConnectionWrapperFactory.wrap(held, new ConnectionWrapperFactory.NoOpCloseHandler());
    }

    @Override
    public Transaction startTransaction() {
        if (current.get() != null) {
            return new Transaction() {
                @Override
                public void commit() {
                    // With the outer one.
                }

                @Override
                public void rollback() {
                    // With the outer one.
                }
            };
        }
        try {
            var connection = pool.getConnection();
            connection.setAutoCommit(false);
            current.set(connection);
            return new Transaction() {
                @Override
                public void commit() {
                    end(connection, Connection::commit);
                }

                @Override
                public void rollback() {
                    end(connection, Connection::rollback);
                }
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Ending {
        void end(Connection connection) throws SQLException;
    }

    private void end(Connection connection, Ending ending) {
        current.remove();
        try (connection) {
            ending.end(connection);
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Once more does no harm. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.dispose();
        }
    }
}
