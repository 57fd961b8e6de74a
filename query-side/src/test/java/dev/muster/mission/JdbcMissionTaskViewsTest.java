package dev.muster.mission;

import dev.muster.view.ViewStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JdbcMissionTaskViewsTest extends MissionTaskViewsContract {

    @TempDir
    Path folder;

    @Override
    ViewStores stores() {
        return JdbcStores.in(folder);
    }
}
