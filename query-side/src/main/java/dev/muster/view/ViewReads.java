package dev.muster.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a query read: single views by their key, or anything of a store. */
public final class ViewReads {

    private static final ThreadLocal<@Nullable ViewReads> CURRENT = new ThreadLocal<>();

    private final Map<String, Set<String>> keys = new HashMap<>();
    private final Set<String> stores = new HashSet<>();

    /** Runs something and notes in these reads what it reads. */
    <T> T during(Callable<T> query) throws Exception {
        var outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return query.call();
        } finally {
            CURRENT.set(outer);
        }
    }

    static void key(String store, String key) {
        var current = CURRENT.get();
        if (current != null) {
            current.keys.computeIfAbsent(store, name -> new HashSet<>()).add(key);
        }
    }

    /** Says that the query at hand, if there is one, has read what any change of that store can change. */
    public static void any(String store) {
        var current = CURRENT.get();
        if (current != null) {
            current.stores.add(store);
        }
    }

    /** Whether a change of these views can change what was read. */
    boolean isTouchedBy(String store, Set<String> changed) {
        if (stores.contains(store)) {
            return true;
        }
        var read = keys.get(store);
        return read != null && read.stream().anyMatch(changed::contains);
    }

    /** Whether anything of that store was read. */
    boolean isOf(String store) {
        return stores.contains(store) || keys.containsKey(store);
    }
}
