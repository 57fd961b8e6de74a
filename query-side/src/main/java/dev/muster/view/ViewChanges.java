package dev.muster.view;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells who wants to know which views were changed, after that was committed. Thread-safe. */
public final class ViewChanges {

    /** Is told of changes, in the thread that committed them; it must not take long. */
    public interface Listener {
        void changed(String store, Set<String> keys);

        /** Told when any view of a store may be another now. */
        default void replaced(String store) {
            // Who keeps nothing of what was read has nothing to do.
        }
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    void replaced(String store) {
        listeners.forEach(listener -> listener.replaced(store));
    }

    /** Says that something of a store was changed of which no single views are read. */
    public void changed(String store) {
        changed(store, Set.of());
    }

    void changed(String store, Set<String> keys) {
        listeners.forEach(listener -> listener.changed(store, keys));
    }
}
