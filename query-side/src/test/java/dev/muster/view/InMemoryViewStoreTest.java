package dev.muster.view;

class InMemoryViewStoreTest extends ViewStoreContract {

    @Override
    ViewStores open(ViewChanges changes) {
        return new InMemoryViewStores(changes);
    }
}
