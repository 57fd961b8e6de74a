package dev.muster.mission;

import dev.muster.view.InMemoryViewStores;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewStores;

class InMemoryMissionViewsTest extends MissionViewsContract {

    @Override
    ViewStores stores() {
        return new InMemoryViewStores(new ViewChanges());
    }
}
