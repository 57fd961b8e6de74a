package dev.muster.replay;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is kept, so that it goes on after whatever ended the process.
 *
 * @param generation of the tables that it folds into
 */
record ReplayRecord(String id, Set<String> views, @Nullable Long from, boolean verify, int generation) {

    ReplayRecord {
        views = new TreeSet<>(views);
    }

    /** The name of the processor, by which its token is kept; no other replay has it. */
    String processor() {
        return "views/" + id;
    }

    String viewNames() {
        return String.join(",", views);
    }

    static Set<String> viewNames(String text) {
        return new TreeSet<>(List.of(text.split(",")));
    }
}
