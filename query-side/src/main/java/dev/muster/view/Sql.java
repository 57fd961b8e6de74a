package dev.muster.view;

import dev.muster.message.StoredShape;
import dev.muster.view.Selection.Condition;
import dev.muster.view.ViewDefinition.Column;
import dev.muster.view.ViewDefinition.ColumnType;
import dev.muster.view.ViewDefinition.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one view's table: {@code view_<name>} with the key, the columns, the view as JSON and the SHA-256 of its
 * canonical JSON, and beside it a table of names for each column of many, and one of values for each in which few views have one. Column names are prefixed, so that none is a word of
 * SQL. Views that are folded anew are of a later generation, whose tables are {@code view<generation>_<name>}.
 */
final class Sql<V> {

    private final ColumnValues<V> values;
    private final ViewDefinition<V> definition;
    final int generation;
    final String table;

    private final String row;
    private final String places;

    Sql(ViewDefinition<V> definition, ColumnValues<V> values, int generation) {
        this.definition = definition;
        this.values = values;
        this.generation = generation;
        this.table = "view" + (generation == 0 ? "" : generation) + "_" + definition.name();
        this.row = values.single().stream()
                .map(column -> column(column.name()) + ", ")
                .collect(Collectors.joining("", "k, ", "doc, hash"));
        this.places = "?, ".repeat(values.single().size() + 1) + "?, ?";
    }

    /** A statement, or a part of one, and what is to be put in its place-holders. */
    record Part(String text, List<@Nullable Object> arguments) {

        Part and(Part other) {
            return text.isEmpty() ? other : other.text.isEmpty() ? this : joined(" AND ", other);
        }

        Part then(String more) {
            return new Part(text + more, arguments);
        }

        private Part joined(String between, Part other) {
            var all = new ArrayList<>(arguments);
            all.addAll(other.arguments);
            return new Part(text + between + other.text, all);
        }
    }

    private static final Part NOTHING = new Part("", List.of());

    static String column(String name) {
        return "c_" + name.toLowerCase(Locale.ROOT);
    }

    /** Of what is there in a column of which most views have nothing, or many names. */
    String asideTable(Column<V> column) {
        return table + "_" + column.name().toLowerCase(Locale.ROOT);
    }

    List<String> create() {
        var statements = new ArrayList<String>();
        var columns = values.single().stream()
                .map(column -> column(column.name()) + " " + type(column.type()) + ", ")
                .collect(Collectors.joining());
        statements.add("CREATE TABLE IF NOT EXISTS " + table + " (k VARCHAR(" + ColumnValues.MAX_KEY + ") PRIMARY KEY, "
                + columns + "doc TEXT NOT NULL, hash BINARY(32) NOT NULL)");
        for (var column : values.single()) {
            if (column.lookup() == Lookup.ANY) {
                statements.add("CREATE INDEX IF NOT EXISTS " + table + "_by_" + column(column.name()) + " ON " + table
                        + " (" + column(column.name()) + ")");
            }
        }
        for (var column : values.aside()) {
            var aside = asideTable(column);
            // No key: each index is written to for each row, and its writer never puts anything there twice.
            statements.add("CREATE TABLE IF NOT EXISTS " + aside + " (k VARCHAR(" + ColumnValues.MAX_KEY
                    + ") NOT NULL, name " + type(column.type()) + " NOT NULL)");
            statements.add("CREATE INDEX IF NOT EXISTS " + aside + "_by_name ON " + aside + " (name, k)");
        }
        return statements;
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case TEXT, NAMES -> "VARCHAR(" + ColumnValues.MAX_TEXT + ")";
            case NUMBER, TIME -> "BIGINT";
            case FLAG -> "BOOLEAN";
        };
    }

    String name() {
        return definition.name();
    }

    List<String> tables() {
        var tables = new ArrayList<String>();
        tables.add(table);
        values.aside().forEach(column -> tables.add(asideTable(column)));
        return tables;
    }

    /** With the key, then each single column, then the JSON, then its hash. */
    String merge() {
        return "MERGE INTO " + table + " (" + row + ") KEY (k) VALUES (" + places + ")";
    }

    /** The same where nothing is there under that key. */
    String insert() {
        return "INSERT INTO " + table + " (" + row + ") VALUES (" + places + ")";
    }

    String delete() {
        return "DELETE FROM " + table + " WHERE k = ?";
    }

    String deleteAside(Column<V> column) {
        return "DELETE FROM " + asideTable(column) + " WHERE k = ? AND name = ?";
    }

    String insertAside(Column<V> column) {
        return "INSERT INTO " + asideTable(column) + " (k, name) VALUES (?, ?)";
    }

    Part get(String key) {
        return new Part("SELECT doc, hash FROM " + table + " WHERE k = ?", List.of(key));
    }

    /** The hashes of the views under these keys. Their number is rounded up, so that there are few such statements. */
    Part hashes(List<String> keys) {
        var wanted = new ArrayList<@Nullable Object>(keys);
        while (Integer.bitCount(wanted.size()) != 1) {
            wanted.add(keys.get(0));
        }
        var places = "?, ".repeat(wanted.size() - 1) + "?";
        return new Part("SELECT k, hash FROM " + table + " WHERE k IN (" + places + ")", wanted);
    }

    /** All views with their keys and hashes, some at a time. */
    Part rows(String after, int limit) {
        return new Part("SELECT k, doc, hash FROM " + table + " WHERE k > ? ORDER BY k LIMIT " + limit, List.of(after));
    }

    /** The keys under which these tables and those of another generation have other views, by their hashes. */
    Part differences(Sql<V> other, int limit) {
        return new Part(
                "SELECT a.k, TRUE, b.k IS NOT NULL FROM " + table + " a LEFT JOIN " + other.table
                        + " b ON a.k = b.k WHERE b.k IS NULL OR a.hash <> b.hash UNION ALL SELECT b.k, FALSE, TRUE FROM "
                        + other.table + " b LEFT JOIN " + table + " a ON a.k = b.k WHERE a.k IS NULL ORDER BY 1 LIMIT "
                        + limit,
                List.of());
    }

    Part select(Selection selection, @Nullable List<@Nullable Object> after) {
        var order = values.order(selection);
        return query("doc", selection, after == null ? NOTHING : after(order, after))
                .then(orderBy(order));
    }

    Part count(Selection selection) {
        return query("COUNT(*)", selection, NOTHING);
    }

    Part countBy(String column, Selection selection) {
        var name = column(column);
        return query(name + ", COUNT(*)", selection, new Part(name + " IS NOT NULL", List.of()))
                .then(" GROUP BY " + name + " ORDER BY " + name);
    }

    private Part query(String what, Selection selection, Part more) {
        var from = from(selection);
        var where = where(selection).and(more);
        return new Part("SELECT " + what, List.of())
                .joined(" FROM ", from)
                .joined(where.text().isEmpty() ? "" : " WHERE ", where);
    }

    /**
     * What stands in a table of its own is a join, so that the database may begin there; it would ask a subquery once for each
     * view. Each name stands once beside a view, and of a single column no more than one value, so nothing is found twice.
     */
    private Part from(Selection selection) {
        var from = new Part(table + " v", List.of());
        for (var condition : selection.conditions()) {
            if (isAside(condition)) {
                var aside = "n" + from.arguments().size();
                from = from.joined(
                        " JOIN ",
                        new Part(
                                asideTable(values.column(condition.column())) + " " + aside + " ON " + aside
                                        + ".k = v.k AND " + compared(aside + ".name", condition),
                                List.of(values.comparable(condition.value()))));
            }
        }
        return from;
    }

    /** Of a flag only those that are true. */
    private boolean isAside(Condition condition) {
        return condition.comparison() == Selection.Comparison.HAS
                || values.column(condition.column()).lookup() == Lookup.FEW
                        && !condition.value().equals(false);
    }

    private static String compared(String name, Condition condition) {
        return switch (condition.comparison()) {
            case EQUAL, HAS -> name + " = ?";
            case AT_MOST -> name + " <= ?";
            case AT_LEAST -> name + " >= ?";
        };
    }

    /** An index begins with all views that have nothing in the column; without a lower bound H2 goes through them. */
    private String fromTheFirstValue(String name, Condition condition) {
        if (condition.comparison() != Selection.Comparison.AT_MOST) {
            return "";
        }
        return switch (values.column(condition.column()).type()) {
            case NUMBER, TIME -> " AND " + name + " >= " + Long.MIN_VALUE;
            case TEXT -> " AND " + name + " >= ''";
            case FLAG, NAMES -> "";
        };
    }

    private Part where(Selection selection) {
        var where = NOTHING;
        for (var condition : selection.conditions()) {
            if (!isAside(condition)) {
                var name = column(condition.column());
                where = where.and(new Part(
                        compared(name, condition) + fromTheFirstValue(name, condition),
                        List.of(values.comparable(condition.value()))));
            }
        }
        return where;
    }

    private static String orderBy(List<String> order) {
        return " ORDER BY "
                + order.stream().map(name -> column(name) + " NULLS LAST, ").collect(Collectors.joining()) + "v.k";
    }

    /** What comes after that position, where absent values come last. */
    private Part after(List<String> order, List<@Nullable Object> position) {
        var alternatives = new ArrayList<String>();
        var arguments = new ArrayList<@Nullable Object>();
        var equal = new StringBuilder();
        var equalArguments = new ArrayList<@Nullable Object>();
        for (int i = 0; i <= order.size(); i++) {
            var name = i == order.size() ? "v.k" : column(order.get(i));
            var value = position.get(i);
            if (value != null) {
                alternatives.add("(" + equal + "(" + name + " > ?"
                        + (i == order.size() ? "" : " OR " + name + " IS NULL") + "))");
                arguments.addAll(equalArguments);
                arguments.add(value);
                equal.append(name).append(" = ? AND ");
                equalArguments.add(value);
            } else {
                equal.append(name).append(" IS NULL AND ");
            }
        }
        return new Part("(" + String.join(" OR ", alternatives) + ")", arguments);
    }

    /**
     * What the tables look like and what is in them, whichever generation it is: another text means that the views are to be
     * folded again.
     */
    String shape() {
        return first().ownShape();
    }

    /** Of the first generation. */
    Sql<V> first() {
        return generation == 0 ? this : new Sql<>(definition, values, 0);
    }

    private String ownShape() {
        return name() + "/" + definition.revision() + " " + definition.order() + " " + create() + " "
                + StoredShape.of(definition.type());
    }
}
