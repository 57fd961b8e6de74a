package dev.muster.view;

import dev.muster.message.StoredShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ViewStore} has to know of its views: their name, class and key, the columns by which they are selected
 * and ordered, and the order they have if nobody says. Immutable.
 *
 * @param name in lower case, unique in an application; the database's table is named after it
 * @param revision to be raised when the projection changes what it writes; stored views of another revision are thrown
 *     away and folded again
 * @param order columns, ascending; then always the key
 */
public record ViewDefinition<V>(
        String name,
        int revision,
        Class<V> type,
        Function<V, String> key,
        List<Column<V>> columns,
        List<String> order) {

    /** The type of a column's values. */
    public enum ColumnType {
        /** {@link String}, of at most 1,000 characters. */
        TEXT,
        /** {@link Long}. */
        NUMBER,
        /** {@link Instant}. */
        TIME,
        /** {@link Boolean}. */
        FLAG,
        /** A collection of {@link String}, to be asked with {@link Selection#having}; no order goes by it. */
        NAMES
    }

    /** How a database finds views by a column. */
    public enum Lookup {
        /** By whatever value. */
        ANY,
        /** By the values that are there, and flags that are true; most views have none. The others cost nothing. */
        FEW,
        /** It looks at all of them. */
        NONE
    }

    /** A value of a view that can be asked for. */
    public record Column<V>(String name, ColumnType type, Lookup lookup, Function<V, @Nullable Object> value) {

        Column(String name, ColumnType type, Function<V, @Nullable Object> value) {
            this(name, type, Lookup.ANY, value);
        }
    }

    public ViewDefinition {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    /** A definition without columns, ordered by key. */
    public static <V> ViewDefinition<V> of(String name, int revision, Class<V> type, Function<V, String> key) {
        return new ViewDefinition<>(name, revision, type, key, List.of(), List.of());
    }

    public ViewDefinition<V> text(String column, Function<V, @Nullable String> value) {
        return with(new Column<>(column, ColumnType.TEXT, value::apply));
    }

    public ViewDefinition<V> number(String column, Function<V, @Nullable Long> value) {
        return with(new Column<>(column, ColumnType.NUMBER, value::apply));
    }

    public ViewDefinition<V> time(String column, Function<V, @Nullable Instant> value) {
        return with(new Column<>(column, ColumnType.TIME, value::apply));
    }

    public ViewDefinition<V> flag(String column, Function<V, Boolean> value) {
        return with(new Column<>(column, ColumnType.FLAG, value::apply));
    }

    public ViewDefinition<V> names(String column, Function<V, Collection<String>> value) {
        return with(new Column<>(column, ColumnType.NAMES, value::apply));
    }

    /** Ordered by these columns, ascending, then by the key. Absent values come last. */
    public ViewDefinition<V> orderBy(String... order) {
        return new ViewDefinition<>(name, revision, type, key, columns, List.of(order));
    }

    /** Most views have nothing in these columns, or false. They are asked for as others are, and cost less where there is nothing. */
    public ViewDefinition<V> few(String... names) {
        return with(Lookup.FEW, names);
    }

    /** Nobody selects by these columns, but views are ordered by them, or counted. */
    public ViewDefinition<V> neverSelected(String... names) {
        return with(Lookup.NONE, names);
    }

    private ViewDefinition<V> with(Lookup lookup, String... names) {
        var wanted = new HashSet<>(List.of(names));
        var all = new ArrayList<Column<V>>();
        for (var column : columns) {
            all.add(wanted.remove(column.name) ? new Column<>(column.name, column.type, lookup, column.value) : column);
        }
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException("The view " + name + " has no columns " + wanted);
        }
        return new ViewDefinition<>(name, revision, type, key, all, order);
    }

    /** What these views look like and what they mean, in one text: views that were kept under another are of no use. */
    public String form() {
        return name + "/" + revision + " " + StoredShape.of(type);
    }

    private ViewDefinition<V> with(Column<V> column) {
        var all = new ArrayList<>(columns);
        all.add(column);
        return new ViewDefinition<>(name, revision, type, key, all, order);
    }
}
