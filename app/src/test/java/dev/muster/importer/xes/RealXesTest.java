package dev.muster.importer.xes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.history.EventFilter;
import dev.muster.history.HistoryEvent;
import dev.muster.history.LogReader;
import dev.muster.importer.BusSink;
import dev.muster.importer.ImportReport;
import dev.muster.importer.RealHistories;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real and well-known logs go through the commands. Skipped where they are not there. */
class RealXesTest {

    @TempDir
    Path homes;

    private record Imported(ImportReport report, List<HistoryEvent> events) {}

    private Imported importInto(String home, String log) throws Exception {
        var file = RealHistories.find(log);
        var folder = Files.createDirectories(homes.resolve(home));
        try (var server = TestServer.startEmpty(folder, "--muster.supervision=false");
                var recording = XesLog.read(List.of(file), Clock.systemUTC(), bytes -> {})) {
            var report = recording.replay(new BusSink(server.bean(CommandBus.class)), done -> {});
            return new Imported(report, read(server.bean(LogReader.class)));
        }
    }

    private static List<HistoryEvent> read(LogReader log) {
        var events = new ArrayList<HistoryEvent>();
        for (var after = -1L; ; after = events.get(events.size() - 1).position()) {
            var page = log.read(EventFilter.ALL, after, 500);
            events.addAll(page.items());
            if (page.next() == null) {
                return events;
            }
        }
    }

    private static List<Object> essence(HistoryEvent event) {
        return List.of(
                event.position(),
                event.entity(),
                event.sequence(),
                event.type(),
                event.time(),
                event.actor(),
                event.data());
    }

    @Test
    void the_counts_of_a_small_log_agree_with_its_file() throws Exception {
        agree("running-example/running-example.xes");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "repair-example/repairExample.xes.gz",
                "receipt/receipt.xes.gz",
                "bpic2013-closed/bpic2013_closed.xes.gz",
                "bpic2012-early/bpic2012_early.xes.gz"
            })
    void the_counts_of_a_large_log_agree_with_its_file(String log) throws Exception {
        agree(log);
    }

    private void agree(String log) throws Exception {
        var counted = CountedXes.of(RealHistories.find(log));
        var imported = importInto("one", log);
        var report = imported.report();
        assertThat(report.rows()).isEqualTo(counted.events());
        assertThat(report.applied()).isGreaterThanOrEqualTo(counted.events() * 99 / 100);
        assertThat(byTransition(report)).isEqualTo(counted.byTransition());
        var events = imported.events();
        assertThat(entities(events, "MissionPlanned")).hasSize((int) counted.cases());
        assertThat(titles(events)).isEqualTo(counted.activities());
        assertThat(displayNames(events)).isEqualTo(counted.resources());
        var said = events.stream().filter(event -> !event.inferred()).toList();
        assertThat(count(said, "TaskCompleted")).isEqualTo(counted.ends());
        if (!counted.hasStatuses()) {
            assertThat(count(said, "TaskSubmitted")).isEqualTo(counted.of("schedule"));
            assertThat(count(said, "TaskStarted")).isEqualTo(counted.of("start"));
            assertThat(count(events, "TaskCompleted")).isEqualTo(count(said, "TaskCompleted"));
        }
        assertThat(count(events, "MissionFailed")).isZero();
        assertThat(said).allSatisfy(event -> assertThat(event.time()).isBefore(event.recordedAt()));
        assertThat(events).isSortedAccordingTo((a, b) -> a.time().compareTo(b.time()));
    }

    /** Of applied and of said again alike. */
    private static Map<String, Long> byTransition(ImportReport report) {
        var all = new TreeMap<>(report.appliedByClass());
        report.saidTwice().forEach((name, group) -> all.merge(name, group.count(), Long::sum));
        return all;
    }

    private static Set<String> entities(List<HistoryEvent> events, String type) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .map(HistoryEvent::entity)
                .collect(Collectors.toSet());
    }

    private static Set<String> titles(List<HistoryEvent> events) {
        return events.stream()
                .filter(event -> event.type().equals("TaskSubmitted"))
                .map(event -> event.data().get("title").asString())
                .collect(Collectors.toSet());
    }

    private static Set<String> displayNames(List<HistoryEvent> events) {
        return events.stream()
                .filter(event -> event.type().equals("AgentRegistered"))
                .map(event -> event.data().get("displayName").asString())
                .collect(Collectors.toSet());
    }

    private static long count(List<HistoryEvent> events, String type) {
        return events.stream().filter(event -> event.type().equals(type)).count();
    }

    @Test
    void the_same_log_gives_the_same_events() throws Exception {
        sameTwice("running-example/running-example.xes");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "repair-example/repairExample.xes.gz",
                "receipt/receipt.xes.gz",
                "bpic2013-closed/bpic2013_closed.xes.gz",
                "bpic2012-early/bpic2012_early.xes.gz"
            })
    void the_same_large_log_gives_the_same_events(String log) throws Exception {
        sameTwice(log);
    }

    private void sameTwice(String log) throws Exception {
        var one = importInto("one", log).events();
        var two = importInto("two", log).events();
        // One by one: of two lists of this size nobody finds the difference.
        for (var i = 0; i < Math.min(one.size(), two.size()); i++) {
            assertThat(essence(two.get(i))).as("event %s of %s", i, log).isEqualTo(essence(one.get(i)));
        }
        assertThat(two).hasSameSizeAs(one);
    }
}
