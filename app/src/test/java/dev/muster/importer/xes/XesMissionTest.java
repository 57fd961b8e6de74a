package dev.muster.importer.xes;

import static dev.muster.importer.xes.XesFile.event;
import static dev.muster.importer.xes.XesFile.log;
import static dev.muster.importer.xes.XesFile.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.history.EventFilter;
import dev.muster.history.HistoryEvent;
import dev.muster.history.LogReader;
import dev.muster.importer.BusSink;
import dev.muster.importer.ImportReport;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missions and tasks take every transition, wherever a log has it. */
class XesMissionTest {

    @TempDir
    Path folder;

    private record Imported(ImportReport report, List<HistoryEvent> events) {

        /** The last event of a mission. */
        String end(String mission) {
            return events.stream()
                    .filter(event -> event.entity().equals("mission/" + mission))
                    .reduce((before, last) -> last)
                    .orElseThrow()
                    .type();
        }
    }

    private Imported imported(String... traces) throws Exception {
        var file = XesFile.write(folder, "log.xes", log(traces));
        try (var server = TestServer.startEmpty(folder.resolve("home"), "--muster.supervision=false");
                var recording = XesFile.read(file)) {
            var report = recording.replay(new BusSink(server.bean(CommandBus.class)), done -> {});
            return new Imported(
                    report,
                    server.bean(LogReader.class).read(EventFilter.ALL, -1, 500).items());
        }
    }

    private static String caseOf(Transition first, Transition second) {
        return trace(
                first.label() + "," + second.label(),
                event(0, "A", first.label(), "ada"),
                event(1, "A", second.label(), "ben"),
                event(2, "A", "complete", "ada"),
                event(3, "B", "complete", "ada"));
    }

    @Test
    void each_transition_is_applied_before_and_after_work() throws Exception {
        applied(Stream.of(Transition.values())
                .flatMap(each -> Stream.of(caseOf(each, Transition.START), caseOf(Transition.START, each))));
    }

    @Tag("slow")
    @Test
    void each_transition_after_each_other_is_applied() throws Exception {
        applied(Stream.of(Transition.values())
                .flatMap(first -> Stream.of(Transition.values()).map(second -> caseOf(first, second))));
    }

    private void applied(Stream<String> cases) throws Exception {
        var traces = cases.distinct().toArray(String[]::new);
        var report = imported(traces).report();
        assertThat(report.refused()).isEmpty();
        assertThat(report.applied()).isEqualTo(4L * traces.length);
    }

    @Test
    void a_case_whose_steps_are_all_done_or_given_up_on_the_way_completes_its_mission() throws Exception {
        var imported = imported(trace(
                "c",
                event(0, "A", "schedule", "ada"),
                event(1, "B", "start", "ben"),
                event(2, "A", "withdraw", "ada"),
                event(3, "B", "ate_abort", "ben"),
                event(4, "C", "autoskip", "ada")));
        assertThat(imported.report().refused()).isEmpty();
        assertThat(imported.end("c")).isEqualTo("MissionCompleted");
    }

    @Test
    void a_case_that_ends_with_aborts_fails_its_mission_and_leaves_nothing_running() throws Exception {
        var imported = imported(trace(
                "c",
                event(0, "A", "start", "ada"),
                event(0, "B", "start", "ben"),
                event(0, "C", "assign", "cyn"),
                event(1, "A", "ate_abort", "ada"),
                event(2, "B", "pi_abort", "ben")));
        assertThat(imported.report().refused()).isEmpty();
        assertThat(imported.end("c")).isEqualTo("MissionFailed");
        assertThat(imported.events())
                .extracting(HistoryEvent::type)
                .containsSubsequence("TaskFailed", "StepFailed", "MissionStopped", "TaskFailed", "TaskCanceled");
    }

    @Test
    void a_case_that_is_left_open_leaves_its_mission_running() throws Exception {
        var imported = imported(trace("c", event(0, "A", "complete", "ada"), event(1, "B", "start", "ben")));
        assertThat(imported.end("c")).isEqualTo("StepStarted");
    }

    @Test
    void what_resources_are_called_makes_none_of_them_the_system_or_an_operator() throws Exception {
        var imported = imported(trace(
                "c",
                event(0, "A", "complete", "system:root"),
                event(1, "B", "complete", "operator:x"),
                event(2, "C", "complete", "anonymous")));
        assertThat(imported.report().refused()).isEmpty();
        assertThat(imported.events())
                .extracting(HistoryEvent::actor)
                .containsOnly("system:import", "system-root", "operator-x", "anonymous-agent");
    }
}
