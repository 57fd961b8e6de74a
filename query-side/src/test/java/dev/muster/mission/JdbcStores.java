package dev.muster.mission;

import dev.muster.view.JdbcViewStores;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewStores;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;

/** Views in an H2 file. */
final class JdbcStores {

    private JdbcStores() {}

    static ViewStores in(Path folder) {
        var url = "jdbc:h2:file:" + folder.resolve("views").toAbsolutePath();
        return new JdbcViewStores(
                new UnitOfWorkAwareConnectionProviderWrapper(() -> {
                    var connection = DriverManager.getConnection(url);
                    connection.setAutoCommit(false);
                    return connection;
                }),
                new ViewChanges());
    }
}
