package dev.muster.view;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;

/** An H2 file whose connections, like those of a pool under transactions, commit nothing by themselves unless told to. */
public final class Database implements AutoCloseable {

    private final String url;
    private final Connection held;
    boolean commitsByItself;
    public final ConnectionProvider connections = new UnitOfWorkAwareConnectionProviderWrapper(this::connect);

    public Database(Path folder) throws SQLException {
        url = "jdbc:h2:file:" + folder.resolve("views").toAbsolutePath();
        held = DriverManager.getConnection(url);
    }

    private Connection connect() throws SQLException {
        var connection = DriverManager.getConnection(url);
        connection.setAutoCommit(commitsByItself);
        return connection;
    }

    public void execute(String... statements) throws SQLException {
        try (var statement = held.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public List<String> query(String sql) throws SQLException {
        try (var statement = held.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Override
    public void close() throws SQLException {
        held.close();
    }
}
