package dev.muster.view;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class JdbcViewStoreTest extends ViewStoreContract {

    @TempDir
    private Path folder;

    private Database database;

    @Override
    ViewStores open(ViewChanges changes) throws Exception {
        database = new Database(folder);
        return new JdbcViewStores(database.connections, changes);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }
}
