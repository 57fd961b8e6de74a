package dev.muster.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures of some runs as a page shows them: each beside what is to be reached and what was measured in the same run to compare it
 * with. What no run has measured is not in the table.
 */
final class FiguresTable {

    private final List<BenchRun> runs;
    private final List<String> rows = new ArrayList<>();

    private FiguresTable(List<BenchRun> runs) {
        this.runs = runs;
    }

    static String of(List<BenchRun> runs) {
        return new FiguresTable(runs).text();
    }

    private String text() {
        for (var run : runs) {
            var figures = new Figures(run.figures());
            if (figures.has("threads")) {
                inProcess(figures);
            } else if (figures.has("clients")) {
                overHttp(figures);
            } else {
                store(figures);
            }
        }
        return runs.stream().map(FiguresTable::told).collect(Collectors.joining("\n"))
                + "\n\n| figure | measured | to reach | in the same run |\n|---|---|---|---|\n"
                + String.join("\n", rows);
    }

    private static String told(BenchRun run) {
        return "- `" + run.command() + "` on " + run.date() + ": " + run.cores() + " cores, "
                + number(run.memoryMiB() / 1024.0)
                + " GiB of memory, " + run.jdk() + ", " + run.system()
                + (run.load() < 0 ? "" : "; load before it " + number(run.load()));
    }

    private void overHttp(Figures of) {
        row(
                "task relay over HTTP, " + of.text("clients", "%s clients") + ", until the views have caught up",
                of.text("changesPerSecond", "%s changes a second"),
                "0.65 of an empty POST to a bare Spring Boot application, 5 times Axon's JDBC engine on an H2 that syncs",
                of.text("ofBarePost", "%s of an empty POST"),
                of.text("barePostsPerSecond", "(%s a second)"),
                of.text("barePostAndAxonPerSecond", "; such a POST and a command of Axon alone would be %s a second"),
                of.text("bareAxonPerSecond", "(%s commands)"),
                of.text("timesAxonOnH2", "; %s times Axon's engine on H2"),
                of.text("axonOnH2PerSecond", "(%s a second)"),
                of.text("axonOnH2LeftOut", "; Axon's engine on H2 was left out: %s"),
                of.text("timesAxonOnPostgres", "; %s times it on PostgreSQL"),
                of.text("axonOnPostgresPerSecond", "(%s a second)"),
                of.text("axonOnPostgresLeftOut", "; PostgreSQL was left out: %s"),
                of.text("fdatasyncsPerSecond", "; %s fdatasync a second"));
        row(
                "an empty POST to Muster",
                of.text("emptyPostsPerSecond", "%s a second"),
                "",
                of.text("barePostsPerSecond", "%s to a bare Spring Boot application"));
        row(
                "comments on one task",
                of.text("hotCommentsPerSecond", "%s a second"),
                of.get("changesPerSecond")
                        .map(rate -> number(rate / 2) + ", half the relay")
                        .orElse(""));
        row(
                "revisions of one task with `If-Match` and retries",
                of.text("hotRevisionsPerSecond", "%s a second"),
                "300",
                of.text("hotRevisionsRefused", "%s refused tries"));
        row("resident memory at most", of.text("peakMemoryMiB", "%s MiB"), "");
    }

    private void inProcess(Figures of) {
        row(
                "task relay in process, " + of.text("threads", "%s threads") + ", until the views have caught up",
                of.text("changesPerSecond", "%s changes a second"),
                "20,000, or 0.7 of what this machine can do",
                of.text("cpuMicrosPerChange", "%s µs of the processors for a change"),
                of.text("ofBareAxon", "; %s of Axon alone on the same log"),
                of.text("bareAxonPerSecond", "(%s a second,"),
                of.text("bareAxonCpuMicrosPerChange", "%s µs)"),
                of.text("ofAxonAndViews", "; %s of that and then the replay of its changes into the views,"),
                of.text("viewChangesPerSecond", "%s a second alone,"),
                of.text("axonAndViewsPerSecond", "so %s together"));
        row(
                "one client in process, the median change",
                of.text("oneP50Millis", "%s ms"),
                of.get("fdatasyncMillis")
                        .map(sync -> number(sync + 0.2) + " ms, an fdatasync and 0.2 ms")
                        .orElse(""),
                of.text("fdatasyncMillis", "%s ms for an fdatasync"));
    }

    private void store(Figures of) {
        var many = of.text("events", ", %s events");
        row(
                "replay into the views (H2)" + many + ", the best of some",
                of.text("viewsEventsPerSecond", "%s events a second"),
                "30,000",
                of.text("viewsEventsPerSecondMiddle", "%s in the middle"));
        row(
                "replay into a World" + many + ", the best of some",
                of.text("worldEventsPerSecond", "%s events a second"),
                "250,000",
                of.text("worldEventsPerSecondMiddle", "%s in the middle"));
        row(
                "from `kill -9` to the first answered command" + many + ", the best of some",
                of.text("firstCommandSeconds", "%s s"),
                "4 s, 1.5 times an empty store",
                of.text("firstCommandSecondsMiddle", "%s s in the middle"),
                of.text("firstCommandOfEmpty", "; %s times an empty store"),
                of.text("emptyFirstCommandSeconds", "(%s s)"));
        row("as-of one entity, p99" + many, of.text("entityP99Millis", "%s ms"), "10 ms");
        row(
                "bytes on disk for an event of the relay, with its metadata, compacted",
                of.text("bytesPerEvent", "%s"),
                "350");
        row(
                "resident memory at most under the relay, default settings" + many,
                of.text("peakMemoryMiB", "%s MiB"),
                "512 MiB",
                of.text("largeChangesPerSecond", "%s changes a second"));
    }

    private void row(String figure, String measured, String toReach, String... beside) {
        if (!measured.isEmpty()) {
            var compared = Stream.of(beside).filter(each -> !each.isEmpty()).collect(Collectors.joining(" "));
            rows.add("| " + figure + " | " + measured + " | " + toReach + " | "
                    + compared.replace(" ;", ";").replaceFirst("^; ", "") + " |");
        }
    }

    /** As many digits as say something: 1,160 and 0.62. */
    private static String number(double value) {
        var digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        var text = String.format(Locale.ROOT, "%,." + digits + "f", value);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** What a run measured, by name. */
    private static final class Figures {

        private final Map<String, Object> all;

        Figures(Map<String, Object> all) {
            this.all = new HashMap<>(all);
        }

        boolean has(String name) {
            return all.containsKey(name);
        }

        Optional<Double> get(String name) {
            return all.get(name) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
        }

        /** The figure within these words; nothing if it was not measured. */
        String text(String name, String words) {
            var value = get(name).map(FiguresTable::number).or(() -> Optional.ofNullable(all.get(name))
                    .map(String::valueOf));
            return value.map(words::formatted).orElse("");
        }
    }
}
