package dev.muster.view;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells who wants to know which views were changed, after that was committed. Thread-safe. */
public final class ViewChanges {

    /** Is told of changes, in the thread that committed them; it must not take long. */
    public interface Listener {
        void changed(String store, Set<String> keys);
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    void changed(String store, Set<String> keys) {
        listeners.forEach(listener -> listener.changed(store, keys));
    }
}
