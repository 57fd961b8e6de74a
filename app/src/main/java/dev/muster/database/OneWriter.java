package dev.muster.database;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of which one at a time writes: from the first statement that may change something until it has committed or rolled back,
 * or is closed. Reading waits for nobody.
 */
final class OneWriter extends DelegatingDataSource {

    private final Pen pen;

    /** @param atMost for how long a writer waits for its turn, before it fails with an {@link SQLException} */
    OneWriter(DataSource target, Duration atMost) {
        super(target);
        this.pen = new Pen(atMost);
    }

    Pen pen() {
        return pen;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return guarded(super.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return guarded(super.getConnection(user, password));
    }

    private Connection guarded(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                OneWriter.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new WriterConnection(connection, pen));
    }
}
