package dev.muster.task;

import dev.muster.view.InMemoryViewStores;
import dev.muster.view.ViewChanges;
import dev.muster.view.ViewStores;

class InMemoryTaskViewsTest extends TaskViewsContract {

    @Override
    ViewStores stores() {
        return new InMemoryViewStores(new ViewChanges());
    }
}
