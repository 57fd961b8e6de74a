package dev.muster.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what followed from an event, in the order of the log. Each names the one it came of, so that they are a tree.
 *
 * @param next what to ask the next page with, as {@code cursor}; none on the last page
 * @param truncated whether more followed than is looked through: these are the first {@value #MOST}
 */
public record Effects(List<LinkedEvent> items, @Nullable String next, boolean truncated) {

    /** How many effects of an event are looked through at most. */
    public static final int MOST = 10_000;

    public Effects {
        items = List.copyOf(items);
    }
}
