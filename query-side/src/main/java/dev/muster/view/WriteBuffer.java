package dev.muster.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** What one unit of work has written to one store, with what is needed to take the event at hand back. */
final class WriteBuffer<V> {

    private static final String ALL = WriteBuffer.class.getName();

    private final Map<String, Optional<V>> views = new LinkedHashMap<>();
    /** What was under a key before the event at hand; null if nothing was written there. */
    private final Map<String, @Nullable Optional<V>> before = new HashMap<>();

    /** What was changed since it was last asked for. */
    private final Set<String> uncounted = new HashSet<>();

    private @Nullable Message<?> event;
    private boolean due;

    /** Joins the buffers of the unit of work, so that an event is taken back from all of them. */
    void join(UnitOfWork<?> root) {
        List<WriteBuffer<?>> all = root.getOrComputeResource(ALL, key -> new ArrayList<>());
        all.add(this);
    }

    /** Takes back from every store what the event at hand has written. */
    static void takeBack(UnitOfWork<?> root) {
        List<WriteBuffer<?>> all = root.getResource(ALL);
        if (all != null) {
            all.forEach(buffer -> buffer.takeBackEvent(root.getMessage()));
        }
    }

    private void takeBackEvent(Message<?> failed) {
        if (event == failed) {
            uncounted.addAll(before.keySet());
            before.forEach((key, view) -> {
                if (view == null) {
                    views.remove(key);
                } else {
                    views.put(key, view);
                }
            });
            before.clear();
        }
    }

    /** @return whether this is the first change since the last {@link #drain} */
    boolean put(Message<?> writing, String key, Optional<V> view) {
        if (event != writing) {
            event = writing;
            before.clear();
        }
        if (!before.containsKey(key)) {
            before.put(key, views.get(key));
        }
        views.put(key, view);
        uncounted.add(key);
        var first = !due;
        due = true;
        return first;
    }

    /** What is to be written now. What is written later is told apart by {@link #put}. */
    Map<String, Optional<V>> drain() {
        due = false;
        return views;
    }

    Map<String, Optional<V>> views() {
        return views;
    }

    /** The keys under which something was changed since this was last called. */
    Set<String> takeUncounted() {
        var taken = Set.copyOf(uncounted);
        uncounted.clear();
        return taken;
    }
}
