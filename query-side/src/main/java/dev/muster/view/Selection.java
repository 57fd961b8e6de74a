package dev.muster.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which views, in which order. Columns are named as in the {@link ViewDefinition}. Immutable.
 *
 * @param conditions all of which must hold
 * @param order the columns to order by, then always the key; empty for the definition's own order
 */
public record Selection(List<Condition> conditions, List<String> order) {

    private static final Selection ALL = new Selection(List.of(), List.of());

    /** How a column is compared. */
    public enum Comparison {
        /** The column is that value. */
        EQUAL,
        /** The column is there, and at most that value. */
        AT_MOST,
        /** The column is there, and at least that value. */
        AT_LEAST,
        /** The column of many names has that name among them. */
        HAS
    }

    /** One condition. The value is of the column's type. */
    public record Condition(String column, Comparison comparison, Object value) {}

    public Selection {
        conditions = List.copyOf(conditions);
        order = List.copyOf(order);
    }

    /** Every view. */
    public static Selection all() {
        return ALL;
    }

    /** Only those whose column is that value; without a value, no condition. */
    public Selection where(String column, @Nullable Object value) {
        return with(column, Comparison.EQUAL, value);
    }

    /** Only those that have that name among the column's; without a name, no condition. */
    public Selection having(String column, @Nullable String name) {
        return with(column, Comparison.HAS, name);
    }

    /** Only those whose column is there and at most that value; without a value, no condition. */
    public Selection atMost(String column, @Nullable Object value) {
        return with(column, Comparison.AT_MOST, value);
    }

    /** Only those whose column is there and at least that value; without a value, no condition. */
    public Selection atLeast(String column, @Nullable Object value) {
        return with(column, Comparison.AT_LEAST, value);
    }

    /** In the order of these columns, ascending, then of the key. */
    public Selection orderBy(String... columns) {
        return new Selection(conditions, List.of(columns));
    }

    private Selection with(String column, Comparison comparison, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var all = new ArrayList<>(conditions);
        all.add(new Condition(column, comparison, value));
        return new Selection(all, order);
    }
}
