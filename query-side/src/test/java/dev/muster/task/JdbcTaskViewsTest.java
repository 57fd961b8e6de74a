package dev.muster.task;

import dev.muster.view.JdbcViewStores;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewStores;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.junit.jupiter.api.io.TempDir;

class JdbcTaskViewsTest extends TaskViewsContract {

    @TempDir
    Path folder;

    @Override
    ViewStores stores() {
        var url = "jdbc:h2:file:" + folder.resolve("views").toAbsolutePath();
        var connections = new UnitOfWorkAwareConnectionProviderWrapper(() -> {
            var connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
            return connection;
        });
        return new JdbcViewStores(connections, new ViewChanges());
    }
}
