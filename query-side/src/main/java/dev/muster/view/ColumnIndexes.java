package dev.muster.view;

import dev.muster.view.Selection.Comparison;
import dev.muster.view.ViewDefinition.ColumnType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which views in memory have a text in a column, so that a fold that looks for a few of very many does not look at all. An
 * index is made when it is first asked for and kept up from then on. Whoever changes views excludes those who read them.
 */
final class ColumnIndexes<V> {

    /** Below this many views looking at all is as fast. */
    private static final int WORTH_IT = 32;

    private final ColumnValues<V> columns;
    private final Map<String, Map<Object, Set<String>>> byColumn = new ConcurrentHashMap<>();

    ColumnIndexes(ColumnValues<V> columns) {
        this.columns = columns;
    }

    /** Views among which are all that fit the selection. */
    Stream<V> candidates(Selection selection, Map<String, V> views) {
        if (views.size() < WORTH_IT) {
            return views.values().stream();
        }
        for (var condition : selection.conditions()) {
            if (condition.comparison() == Comparison.EQUAL
                    && columns.column(condition.column()).type() == ColumnType.TEXT) {
                return byColumn
                        .computeIfAbsent(condition.column(), column -> index(column, views))
                        .getOrDefault(condition.value(), Set.of())
                        .stream()
                        .map(views::get);
            }
        }
        return views.values().stream();
    }

    private Map<Object, Set<String>> index(String column, Map<String, V> views) {
        var index = new HashMap<Object, Set<String>>();
        views.forEach((key, view) -> add(index, columns.value(column, view), key));
        return index;
    }

    private static void add(Map<Object, Set<String>> index, @Nullable Object value, String key) {
        if (value != null) {
            index.computeIfAbsent(value, v -> new LinkedHashSet<>()).add(key);
        }
    }

    private static void remove(Map<Object, Set<String>> index, @Nullable Object value, String key) {
        if (value != null) {
            index.computeIfPresent(value, (v, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
    }

    /** Says that the view under that key is another now. */
    void changed(String key, @Nullable V before, @Nullable V after) {
        byColumn.forEach((column, index) -> {
            if (before != null) {
                remove(index, columns.value(column, before), key);
            }
            if (after != null) {
                add(index, columns.value(column, after), key);
            }
        });
    }
}
