package dev.muster.importer.xes;

import static dev.muster.importer.xes.XesFile.event;
import static dev.muster.importer.xes.XesFile.log;
import static dev.muster.importer.xes.XesFile.string;
import static dev.muster.importer.xes.XesFile.trace;
import static dev.muster.importer.xes.XesFile.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.importer.ImportException;
import dev.muster.importer.ImportReport;
import dev.muster.importer.RecordedSink;
import dev.muster.mission.MissionCommand.PlanMission;
import dev.muster.task.TaskCommand.CompleteTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log may look like, in which order its events are applied, and what is refused. */
class XesFilesTest {

    @TempDir
    Path folder;

    private final RecordedSink sink = new RecordedSink();

    private ImportReport imported(Path... files) {
        try (var log = XesFile.read(files)) {
            return log.replay(sink, done -> {});
        }
    }

    private List<String> completed() {
        return sink.sent.stream()
                .filter(each -> each.command() instanceof CompleteTask)
                .map(each -> ((CompleteTask) each.command()).taskId().value())
                .toList();
    }

    @Test
    void the_events_of_all_cases_come_in_the_order_of_time() throws IOException {
        imported(write(
                folder,
                "log.xes",
                log(
                        trace("1", event(0, "A", "", "ada"), event(9, "B", "", "ada")),
                        trace("2", event(5, "B", "", "ada"), event(3, "A", "", "ada")))));
        assertThat(completed()).containsExactly("1/A", "2/A", "2/B", "1/B");
        assertThat(sink.sent.get(0).circumstances().at()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThat(sink.sent.get(0).circumstances().source()).isEqualTo("log.xes:8");
    }

    @Test
    void events_of_one_time_come_in_the_order_of_the_files() throws IOException {
        imported(
                write(folder, "one.xes", log(trace("1", event(0, "A", "", "ada"), event(0, "B", "", "ada")))),
                write(folder, "two.xes.gz", log(trace("2", event(0, "A", "", "ada")))));
        assertThat(completed()).containsExactly("1/A", "1/B", "2/A");
    }

    @Test
    void more_than_memory_may_hold_is_sorted_on_disk() throws IOException {
        var random = new Random(7);
        var traces = new ArrayList<String>();
        for (var i = 0; i < 300; i++) {
            traces.add(trace("c" + i, event(random.nextInt(600), "A", "", "ada"), event(600, "B", "", "ada")));
        }
        var file = write(folder, "log.xes", log(traces.toArray(String[]::new)));
        imported(file);
        var little = new RecordedSink();
        try (var log = XesLog.read(List.of(file), XesFile.NOW, 1_000, bytes -> {})) {
            log.replay(little, done -> {});
        }
        assertThat(little.sent).isEqualTo(sink.sent);
    }

    @Test
    void a_sort_leaves_no_file_behind_and_merges_in_levels() {
        var random = new Random(11);
        var order = new ArrayList<Long>();
        try (var sort = new ExternalSort(1)) {
            for (var i = 0; i < 5_000; i++) {
                sort.add(new Timed(Instant.ofEpochSecond(random.nextInt(100)), i, new byte[0]));
            }
            assertThat(sort.spilled()).isLessThan(2 * ExternalSort.MAX_RUNS);
            sort.drain(each -> order.add(each.at().getEpochSecond() * 10_000 + each.order()));
        }
        assertThat(order).hasSize(5_000).isSorted();
    }

    @Test
    void what_the_log_says_of_all_events_is_not_what_an_event_says() throws IOException {
        imported(write(folder, "log.xes", log(trace("1", event(0, "A", "", "")))));
        assertThat(sink.sent)
                .noneSatisfy(each -> assertThat(each.command().toString()).contains("UNKNOWN"));
    }

    @Test
    void attributes_within_attributes_are_passed_over() throws IOException {
        var nested = "<list key=\"l\"><values><string key=\"concept:name\" value=\"no\"/></values></list>\n";
        imported(write(
                folder,
                "log.xes",
                log(trace("1", event(0, "A", "", "ada").replace("<event>\n", "<event>\n" + nested)))));
        assertThat(completed()).containsExactly("1/A");
    }

    @Test
    void a_case_without_a_name_is_named_by_its_place() throws IOException {
        imported(write(folder, "log.xes", log("<trace>\n" + event(0, "A", "", "ada") + "</trace>\n")));
        assertThat(completed()).containsExactly("case-1/A");
    }

    @Test
    void what_has_no_time_no_activity_or_no_case_is_a_class_of_its_own() throws IOException {
        var file = write(
                folder,
                "log.xes",
                log(
                        trace(
                                "1",
                                event(0, "A", "", "ada"),
                                event(1, "", "", "ada"),
                                "<event>" + string("concept:name", "B") + "</event>\n"),
                        event(2, "C", "", "ada")));
        var report = imported(file);
        assertThat(report.rows()).isEqualTo(4);
        assertThat(report.applied()).isEqualTo(1);
        assertThat(report.refused())
                .containsOnlyKeys(
                        "an event without a time that can be read",
                        "an event without an activity",
                        "an event outside of any case");
    }

    @Test
    void a_case_of_too_many_steps_is_a_class_of_its_own() throws IOException {
        var events = new ArrayList<String>();
        for (var i = 0; i < 1_001; i++) {
            events.add(event(i, "A", "", "ada"));
        }
        var traces = log(trace("1", events.toArray(String[]::new)), trace("2", event(0, "A", "", "ada")));
        var report = imported(write(folder, "log.xes", traces));
        assertThat(report.refused()
                        .get("an event of a case with more than 1000 steps")
                        .count())
                .isEqualTo(1_001);
        assertThat(completed()).containsExactly("2/A");
    }

    @Test
    void a_name_that_is_too_long_stands_in_full_in_the_instruction() throws IOException {
        var name = "a long name ".repeat(30).strip();
        imported(write(folder, "log.xes", log(trace("1", event(0, name, "", "ada")))));
        var step = sink.sent.stream()
                .map(RecordedSink.Sent::command)
                .filter(PlanMission.class::isInstance)
                .map(command -> ((PlanMission) command).steps().get(0))
                .findFirst()
                .orElseThrow();
        assertThat(step.title()).hasSize(200);
        assertThat(step.instruction()).isEqualTo(name);
    }

    @Test
    void times_are_read_with_and_without_an_offset() {
        var noon = Instant.parse("2026-03-01T12:00:00Z");
        for (var text : List.of(
                "2026-03-01T12:00:00Z",
                "2026-03-01T13:00:00.000+01:00",
                "2026-03-01T04:30:00-0730",
                "2026-03-01T12:00:00.000")) {
            assertThat(XesTime.parse(text)).as(text).isEqualTo(noon);
        }
        assertThat(XesTime.parse("1.3.2026")).isNull();
    }

    @Test
    void a_file_that_is_not_well_formed_is_refused_with_its_line() throws IOException {
        var broken = log(trace("1", event(0, "A", "", "ada"))).replace("</trace>", "</trade>");
        assertRefused(
                write(folder, "log.xes", broken),
                "log.xes:13 is not XES: The element type \"trace\" must be terminated");
    }

    @Test
    void another_kind_of_file_is_refused() throws IOException {
        assertRefused(write(folder, "log.xes", "<html/>"), "begins with <html> and not with <log>");
        assertRefused(write(folder, "log.xes", ""), "is not XES");
        assertRefused(folder.resolve("none.xes"), "can't be read");
        assertRefused(Files.writeString(folder.resolve("log.xes.gz"), log()), "can't be read");
    }

    @Test
    void a_file_that_reaches_for_others_is_refused() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");
        var reaching = log(trace("1", event(0, "A", "", "&secret;")))
                .replace("<log ", "<!DOCTYPE log [<!ENTITY secret SYSTEM \"secret\">]><log ");
        assertRefused(write(folder, "log.xes", reaching), "it has a DTD");
    }

    @Test
    void what_lies_in_the_future_is_refused() throws IOException {
        var file =
                write(folder, "log.xes", log(trace("1", event(0, "A", "", "ada").replace("2026", "2027"))));
        assertRefused(file, "1 events lie in the future, one of them at 2027-03-01T00:00:00Z (log.xes:8)");
    }

    private void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> XesFile.read(file))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("Nothing was imported.");
    }
}
