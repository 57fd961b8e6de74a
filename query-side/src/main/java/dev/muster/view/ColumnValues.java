package dev.muster.view;

import dev.muster.message.InvalidField;
import dev.muster.view.Selection.Condition;
import dev.muster.view.ViewDefinition.Column;
import dev.muster.view.ViewDefinition.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a definition as both stores compare them: texts by their UTF-16 units, numbers, times in milliseconds,
 * flags with false first; what is absent comes last.
 */
final class ColumnValues<V> {

    private final ViewDefinition<V> definition;
    private final Map<String, Column<V>> columns;

    ColumnValues(ViewDefinition<V> definition) {
        this.definition = definition;
        this.columns = definition.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        definition.order().forEach(this::column);
    }

    Column<V> column(String name) {
        var column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    "The view " + definition.name() + " has no column " + name + ", but " + columns.keySet());
        }
        return column;
    }

    /** A value in the form in which it is compared and stored; a collection of names as a list. */
    @Nullable
    Comparable<?> comparable(@Nullable Object value) {
        if (value instanceof Instant time) {
            return millis(time);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return (Comparable<?>) value;
    }

    /** Far enough for any deadline, and near enough to be a number of milliseconds. */
    private static long millis(Instant time) {
        return time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE)) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    @Nullable
    Comparable<?> value(String column, V view) {
        return comparable(column(column).value().apply(view));
    }

    Collection<String> names(Column<V> column, V view) {
        return names(column.value().apply(view));
    }

    @SuppressWarnings("unchecked")
    private static Collection<String> names(@Nullable Object value) {
        return value == null ? List.of() : (Collection<String>) value;
    }

    List<Column<V>> single() {
        return definition.columns().stream()
                .filter(column -> column.type() != ColumnType.NAMES)
                .toList();
    }

    List<Column<V>> multiple() {
        return definition.columns().stream()
                .filter(column -> column.type() == ColumnType.NAMES)
                .toList();
    }

    boolean matches(Selection selection, V view) {
        return selection.conditions().stream().allMatch(condition -> matches(condition, view));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private boolean matches(Condition condition, V view) {
        var column = column(condition.column());
        if (condition.comparison() == Selection.Comparison.HAS) {
            return names(column, view).contains((String) condition.value());
        }
        var actual = (Comparable) value(condition.column(), view);
        var wanted = (Comparable) comparable(condition.value());
        if (actual == null || wanted == null) {
            return false;
        }
        return switch (condition.comparison()) {
            case EQUAL -> actual.equals(wanted);
            case AT_MOST -> actual.compareTo(wanted) <= 0;
            case AT_LEAST -> actual.compareTo(wanted) >= 0;
            case HAS -> false;
        };
    }

    /** The columns that a selection is ordered by, before the key. */
    List<String> order(Selection selection) {
        selection.order().forEach(this::column);
        return selection.order().isEmpty() ? definition.order() : selection.order();
    }

    /** What a view is ordered by, its key last. */
    List<@Nullable Object> position(List<String> order, V view) {
        var position = new ArrayList<@Nullable Object>();
        order.forEach(column -> position.add(value(column, view)));
        position.add(definition.key().apply(view));
        return position;
    }

    static Comparator<List<@Nullable Object>> byPosition() {
        return (one, other) -> {
            for (int i = 0; i < one.size(); i++) {
                var order = compare(one.get(i), other.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other ? 0 : one == null ? 1 : -1;
        }
        return ((Comparable) one).compareTo(other);
    }

    /** A position that came with a cursor, with its values in the type of their columns. */
    List<@Nullable Object> typed(List<String> order, List<@Nullable Object> position) {
        if (position.size() != order.size() + 1) {
            throw notACursor();
        }
        var typed = new ArrayList<@Nullable Object>();
        for (int i = 0; i < position.size(); i++) {
            var type =
                    i == order.size() ? ColumnType.TEXT : column(order.get(i)).type();
            typed.add(typed(type, position.get(i)));
        }
        return typed;
    }

    private static @Nullable Object typed(ColumnType type, @Nullable Object value) {
        return switch (type) {
            case NUMBER, TIME -> {
                if (value != null && !(value instanceof Number)) {
                    throw notACursor();
                }
                yield value == null ? null : ((Number) value).longValue();
            }
            case FLAG -> {
                if (value != null && !(value instanceof Boolean)) {
                    throw notACursor();
                }
                yield value;
            }
            case TEXT, NAMES -> {
                if (value != null && !(value instanceof String)) {
                    throw notACursor();
                }
                yield value;
            }
        };
    }

    static InvalidField notACursor() {
        return new InvalidField("cursor", "must be the next of an earlier page of the same question");
    }
}
