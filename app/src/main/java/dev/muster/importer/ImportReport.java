package dev.muster.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the rows of a record. */
public final class ImportReport {

    private static final int EXAMPLES = 3;

    private long rows;
    private long applied;
    private long commands;
    private long inferred;
    private final Map<String, Long> appliedByClass = new TreeMap<>();
    private final Map<String, Group> saidTwice = new TreeMap<>();
    private final Map<String, Group> refused = new TreeMap<>();
    private final Map<String, Group> dependencies = new TreeMap<>();

    /** Rows of one class: how many, and where some of them are. */
    public record Group(long count, List<String> examples) {

        Group and(String example) {
            var more = new ArrayList<>(examples);
            if (more.size() < EXAMPLES) {
                more.add(example);
            }
            return new Group(count + 1, List.copyOf(more));
        }
    }

    /** Counts a command. */
    public void sent(boolean wasInferred) {
        commands++;
        inferred += wasInferred ? 1 : 0;
    }

    /** Counts a row that changed something. */
    public void applied(String rowClass) {
        rows++;
        applied++;
        appliedByClass.merge(rowClass, 1L, Long::sum);
    }

    /** Counts a row that says again what is so already. */
    public void saidTwice(String rowClass, String source) {
        rows++;
        applied++;
        add(saidTwice, rowClass, source);
    }

    /** Counts a row that contradicts what was said before. */
    public void refused(String why, String source) {
        rows++;
        add(refused, why, source);
    }

    /** Counts something that is no row of its own. */
    public void dependency(String outcome, String source) {
        add(dependencies, outcome, source);
    }

    private static void add(Map<String, Group> groups, String name, String example) {
        groups.merge(name, new Group(1, List.of(example)), (known, one) -> known.and(example));
    }

    public long rows() {
        return rows;
    }

    /** Rows that changed something, and rows that say again what was said. */
    public long applied() {
        return applied;
    }

    public Map<String, Long> appliedByClass() {
        return appliedByClass;
    }

    /** Rows that say again what is so already, kept as comments. */
    public Map<String, Group> saidTwice() {
        return saidTwice;
    }

    /** Rows that contradict what was said before. */
    public Map<String, Group> refused() {
        return refused;
    }

    /** Dependencies, by what became of them. */
    public Map<String, Group> dependencies() {
        return dependencies;
    }

    /** For machines. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("rows", rows);
        map.put("applied", applied);
        map.put("commands", commands);
        map.put("inferredCommands", inferred);
        map.put("appliedByClass", appliedByClass);
        map.put("saidTwice", saidTwice);
        map.put("refused", refused);
        map.put("dependencies", dependencies);
        return map;
    }

    /** For people. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        var share = rows == 0 ? 100.0 : 100.0 * applied / rows;
        text.append(String.format(
                Locale.ROOT,
                "%,d rows, %,d applied (%.2f %%), by %,d commands, of which %,d were presupposed%n",
                rows,
                applied,
                share,
                commands,
                inferred));
        appliedByClass.forEach((name, count) -> line(text, name, count, List.of()));
        groups(text, "Said twice, kept as comments", saidTwice);
        groups(text, "Not applied: contradictions in the data", refused);
        groups(text, "Dependencies", dependencies);
        return text.toString();
    }

    private static void groups(StringBuilder text, String title, Map<String, Group> groups) {
        if (!groups.isEmpty()) {
            text.append(title).append(System.lineSeparator());
            groups.forEach((name, group) -> line(text, name, group.count(), group.examples()));
        }
    }

    private static void line(StringBuilder text, String name, long count, List<String> examples) {
        text.append(String.format(Locale.ROOT, "  %,8d  %s", count, name));
        if (!examples.isEmpty()) {
            text.append("  (").append(String.join(", ", examples)).append(')');
        }
        text.append(System.lineSeparator());
    }
}
