package dev.muster.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of many answers, in a total order.
 *
 * @param next what to ask the next page with, as {@code cursor}; none on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /** How many items a page has if nobody says. */
    public static final int DEFAULT_LIMIT = 50;
    /** How many items a page has at most. */
    public static final int MAX_LIMIT = 500;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The limit to use for the one that was asked for.
     *
     * @throws InvalidField if it is not from 1 to {@value #MAX_LIMIT}
     */
    public static int limit(@Nullable Integer asked) {
        return asked == null ? DEFAULT_LIMIT : (int) Check.range("limit", asked, 1, MAX_LIMIT);
    }
}
