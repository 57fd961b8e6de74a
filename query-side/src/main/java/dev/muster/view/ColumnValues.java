package dev.muster.view;

import dev.muster.message.InvalidField;
import dev.muster.view.Selection.Condition;
import dev.muster.view.ViewDefinition.Column;
import dev.muster.view.ViewDefinition.ColumnType;
import dev.muster.view.ViewDefinition.Lookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a definition as both stores compare them: texts by their UTF-16 units, numbers, times in milliseconds,
 * flags with false first; what is absent comes last.
 */
final class ColumnValues<V> {

    /** How many characters a key has at most. */
    static final int MAX_KEY = 600;
    /** How many characters a text of a column has at most. */
    static final int MAX_TEXT = 1_000;

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final ViewDefinition<V> definition;
    private final Map<String, Column<V>> columns;
    private final List<Column<V>> single;
    private final List<Column<V>> aside;
    /** Those that hold texts, whose length is looked at each time that a view is put. */
    private final List<Column<V>> texts;

    ColumnValues(ViewDefinition<V> definition) {
        this.definition = definition;
        checkNames(definition);
        this.columns = definition.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
        this.single = definition.columns().stream()
                .filter(column -> column.type() != ColumnType.NAMES)
                .toList();
        this.aside = definition.columns().stream()
                .filter(column -> column.type() == ColumnType.NAMES || column.lookup() == Lookup.FEW)
                .toList();
        this.texts = definition.columns().stream()
                .filter(column -> column.type() == ColumnType.TEXT || column.type() == ColumnType.NAMES)
                .toList();
        definition.order().forEach(this::single);
    }

    /** Names become those of tables and columns, where case does not count. */
    private static void checkNames(ViewDefinition<?> definition) {
        if (!definition.name().matches("[a-z][a-z0-9_]{0,29}")) {
            throw new IllegalArgumentException(
                    "A view's name must be of lower case letters, digits and _, begin with a "
                            + "letter and have at most 30 characters: " + definition.name());
        }
        var seen = new HashSet<String>();
        for (var column : definition.columns()) {
            if (!column.name().matches("[A-Za-z][A-Za-z0-9_]{0,19}")
                    || !seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("A column of the view " + definition.name() + " must have a name of "
                        + "its own, of letters, digits and _, with at most 20 characters: " + column.name());
            }
        }
    }

    /** A column that has one value. */
    Column<V> single(String name) {
        var column = column(name);
        if (column.type() == ColumnType.NAMES) {
            throw new IllegalArgumentException("The column " + name + " of the view " + definition.name()
                    + " has many names: nothing is compared, ordered or counted by it");
        }
        return column;
    }

    /** @throws IllegalArgumentException if the selection asks for what these views don't have */
    void check(Selection selection) {
        selection.order().forEach(this::single);
        for (var condition : selection.conditions()) {
            var many = condition.comparison() == Selection.Comparison.HAS;
            var column = many ? column(condition.column()) : single(condition.column());
            var value = condition.value();
            var fits =
                    switch (column.type()) {
                        case TEXT -> !many && value instanceof String;
                        case NUMBER -> !many && (value instanceof Long || value instanceof Integer);
                        case TIME -> !many && value instanceof Instant;
                        case FLAG -> !many && value instanceof Boolean;
                        case NAMES -> value instanceof String;
                    };
            if (!fits) {
                throw new IllegalArgumentException("The column " + column.name() + " of the view " + definition.name()
                        + ", a " + column.type() + ", can't be asked with " + condition.comparison() + " for a "
                        + value.getClass().getSimpleName());
            }
        }
    }

    /** @throws IllegalArgumentException if the view has a text that is longer than its column, or such a key */
    void check(V view) {
        checkLength("key", definition.key().apply(view), MAX_KEY);
        for (var column : texts) {
            var value = column.value().apply(view);
            if (value instanceof String text) {
                checkLength(column.name(), text, MAX_TEXT);
            } else if (value != null) {
                // No set is made of the names only to look at them.
                for (var name : collection(value)) {
                    checkLength(column.name(), name, MAX_TEXT);
                }
            }
        }
    }

    private void checkLength(String what, String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException("The " + what + " of a view " + definition.name() + " must have at most "
                    + most + " characters, but has " + text.length());
        }
    }

    Column<V> column(String name) {
        var column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException(
                    "The view " + definition.name() + " has no column " + name + ", but " + columns.keySet());
        }
        return column;
    }

    /** A value of one in the form in which it is compared and stored. */
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

    /** What is too far away to be a number of milliseconds is as far away as can be. */
    private static long millis(Instant time) {
        return time.isBefore(FIRST) ? Long.MIN_VALUE : time.isAfter(LAST) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    @Nullable
    Comparable<?> value(String column, V view) {
        return value(column(column), view);
    }

    @Nullable
    Comparable<?> value(Column<V> column, V view) {
        return comparable(column.value().apply(view));
    }

    /** Each name once. */
    Set<String> names(Column<V> column, V view) {
        return names(column.value().apply(view));
    }

    private static Set<String> names(@Nullable Object value) {
        return value == null ? Set.of() : new LinkedHashSet<>(collection(value));
    }

    @SuppressWarnings("unchecked")
    private static Collection<String> collection(@Nullable Object value) {
        return value == null ? List.of() : (Collection<String>) value;
    }

    List<Column<V>> single() {
        return single;
    }

    /** Those of which what is there is in a table of its own. */
    List<Column<V>> aside() {
        return aside;
    }

    /** What is to be in that table; a flag only if it is true. */
    Set<? extends Comparable<?>> aside(Column<V> column, V view) {
        if (column.type() == ColumnType.NAMES) {
            return names(column, view);
        }
        var value = value(column, view);
        return value == null || value.equals(false) ? Set.of() : Set.of(value);
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
        for (int i = 0; i < order.size(); i++) {
            typed.add(typed(column(order.get(i)).type(), position.get(i)));
        }
        if (!(position.get(order.size()) instanceof String key)) {
            throw notACursor();
        }
        typed.add(key);
        return typed;
    }

    private static @Nullable Object typed(ColumnType type, @Nullable Object value) {
        return switch (type) {
            case NUMBER, TIME -> {
                if (value != null && !(value instanceof Integer || value instanceof Long)) {
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
