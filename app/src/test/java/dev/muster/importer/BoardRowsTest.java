package dev.muster.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Which commands each class of row stands for. */
class BoardRowsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private int minute;

    private String row(String type, String issue, String actor, String before, String after) {
        var node = JSON.createObjectNode();
        node.put("event_type", type).put("issue_id", issue).put("actor", actor);
        node.put("created_at", String.format("2026-03-01T%02d:%02d:00Z", minute / 60, minute++ % 60));
        node.put("old_value", before).put("new_value", after);
        return node.toString();
    }

    private static String before(String status, String assignee) {
        return "{\"title\":\"A title\",\"status\":\"" + status + "\",\"assignee\":\"" + assignee + "\",\"priority\":1}";
    }

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    private RecordedSink imported(String... lines) throws IOException {
        return imported(List.of(lines), null);
    }

    private RecordedSink imported(List<String> lines, @Nullable Path dependencies) throws IOException {
        var sink = new RecordedSink();
        run(lines, dependencies, sink);
        return sink;
    }

    private ImportReport run(List<String> lines, @Nullable Path dependencies, CommandSink sink) throws IOException {
        var board = BoardRecord.read(List.of(file("events.jsonl", lines)), dependencies, Duration.ofHours(8), NOW);
        return new BoardImport(board, sink).run(done -> {});
    }

    @Test
    void who_acts_for_the_first_time_is_registered() throws IOException {
        assertThat(imported(row("created", "i", "Ada L", "", "")).names())
                .containsExactly("(RegisterAgent)", "SubmitTask");
    }

    @Test
    void a_row_happens_at_its_own_time_which_is_local() throws IOException {
        var sent = imported(row("created", "i", "ada", "", "")).sent.get(1);
        assertThat(sent.circumstances().at()).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
        assertThat(sent.circumstances().actor()).isEqualTo("ada");
    }

    @Test
    void a_creation_of_what_exists_is_kept_as_a_comment() throws IOException {
        assertThat(imported(row("created", "i", "ada", "", ""), row("created", "i", "ada", "", ""))
                        .names())
                .containsExactly("(RegisterAgent)", "SubmitTask", "CommentOnTask");
    }

    @Test
    void an_issue_that_exists_before_its_first_row_is_presupposed() throws IOException {
        assertThat(imported(row("label_added", "i", "ada", "", "Added label: urgent"))
                        .names())
                .containsExactly("(RegisterAgent)", "(SubmitTask)", "LabelTask");
    }

    @Test
    void an_assignment_is_started_when_its_status_becomes_in_progress() throws IOException {
        assertThat(imported(
                                row("created", "i", "boss", "", ""),
                                row("status_changed", "i", "boss", "", "{\"status\":\"hooked\",\"assignee\":\"ada\"}"),
                                row(
                                        "status_changed",
                                        "i",
                                        "ada",
                                        before("hooked", "ada"),
                                        "{\"status\":\"in_progress\"}"))
                        .names())
                .containsExactly(
                        "(RegisterAgent)", "SubmitTask", "(RegisterAgent)", "AssignTask", "(ReviseTask)", "StartTask");
    }

    @Test
    void a_holder_who_never_claimed_is_presupposed() throws IOException {
        assertThat(imported(row("status_changed", "i", "ada", before("in_progress", "ben"), "{\"status\":\"open\"}"))
                        .names())
                .containsExactly(
                        "(RegisterAgent)",
                        "(SubmitTask)",
                        "(RegisterAgent)",
                        "(AssignTask)",
                        "(StartTask)",
                        "ReleaseTask");
    }

    @Test
    void a_claim_of_what_another_holds_is_a_hand_over() throws IOException {
        assertThat(imported(
                                row("created", "i", "ada", "", ""),
                                row("claimed", "i", "ada", "", ""),
                                row("claimed", "i", "ben", "", ""))
                        .names())
                .containsExactly(
                        "(RegisterAgent)", "SubmitTask", "ClaimTask", "(RegisterAgent)", "ReleaseTask", "ClaimTask");
    }

    @Test
    void a_closing_of_what_nobody_held_presupposes_that_the_closer_did() throws IOException {
        assertThat(imported(row("created", "i", "ada", "", ""), row("closed", "i", "ada", "", "done"))
                        .names())
                .containsExactly("(RegisterAgent)", "SubmitTask", "(AssignTask)", "(StartTask)", "CompleteTask");
    }

    @Test
    void what_is_closed_again_or_revised_after_its_end_is_a_comment() throws IOException {
        assertThat(imported(
                                row("closed", "i", "ada", "", "done"),
                                row("closed", "i", "ada", "", "done"),
                                row("updated", "i", "ada", "", "{\"description\":\"more\"}"))
                        .names())
                .endsWith("CompleteTask", "CommentOnTask", "CommentOnTask");
    }

    @Test
    void a_reopening_goes_on_where_it_says() throws IOException {
        assertThat(imported(
                                row("closed", "i", "ada", "", "done"),
                                row("reopened", "i", "ada", before("closed", "ada"), "{\"status\":\"in_progress\"}"))
                        .names())
                .endsWith("ReopenTask", "(AssignTask)", "(StartTask)");
    }

    @Test
    void a_row_of_no_known_class_is_refused_by_name() throws IOException {
        var report = run(List.of(row("melted", "i", "ada", "", "")), null, new RecordedSink());
        assertThat(report.refused()).containsOnlyKeys("a kind of row that this format does not have: melted");
    }

    @Test
    void a_dependency_waits_for_the_first_mention_of_both_its_ends() throws IOException {
        var dependencies = file(
                "deps.jsonl",
                List.of("{\"created_at\":\"2026-02-01T00:00:00Z\",\"created_by\":\"ada\",\"type\":\"blocks\","
                        + "\"issue_id\":\"a\",\"depends_on_id\":\"b\"}"));
        var sink = imported(
                List.of(
                        row("created", "a", "ada", "", ""),
                        row("created", "b", "ada", "", ""),
                        row("closed", "b", "ada", "", "done")),
                dependencies);
        assertThat(sink.names())
                .containsExactly(
                        "(RegisterAgent)",
                        "SubmitTask",
                        "SubmitTask",
                        "AddBlocker",
                        "(AssignTask)",
                        "(StartTask)",
                        "CompleteTask",
                        "ClearBlocker");
        assertThat(sink.sent.get(7).circumstances().actor()).isEqualTo("system:import");
    }

    @Test
    void a_dependency_whose_end_is_never_mentioned_is_counted_by_itself() throws IOException {
        var dependencies = file(
                "deps.jsonl",
                List.of("{\"created_at\":\"2026-02-01T00:00:00Z\",\"created_by\":\"ada\",\"type\":\"blocks\","
                        + "\"issue_id\":\"a\",\"depends_on_id\":\"nowhere\"}"));
        var report = run(List.of(row("created", "a", "ada", "", "")), dependencies, new RecordedSink());
        assertThat(report.dependencies().get("an end is never mentioned").count())
                .isEqualTo(1);
    }

    @Test
    void a_row_in_the_future_is_refused() throws IOException {
        var file =
                file("events.jsonl", List.of(row("created", "i", "ada", "", "").replace("2026-03", "2027-03")));
        assertThatThrownBy(() -> BoardRecord.read(List.of(file), null, Duration.ofHours(8), NOW))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("events.jsonl:1");
    }

    @Test
    void a_malformed_line_is_named() throws IOException {
        var file = file("events.jsonl", List.of(row("created", "i", "ada", "", ""), "{\"event_type\":"));
        assertThatThrownBy(() -> BoardRecord.read(List.of(file), null, Duration.ZERO, NOW))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining("events.jsonl:2");
    }

    @Test
    void a_compressed_file_is_read_like_a_plain_one() throws IOException {
        var line = row("created", "i", "ada", "", "");
        var file = folder.resolve("events.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
        var sink = new RecordedSink();
        new BoardImport(BoardRecord.read(List.of(file), null, Duration.ofHours(8), NOW), sink).run(done -> {});
        assertThat(sink.sent.stream().map(RecordedSink.Sent::command))
                .isEqualTo(imported(line).sent.stream()
                        .map(RecordedSink.Sent::command)
                        .toList());
    }

    @Test
    void what_is_sent_after_a_row_does_not_depend_on_what_follows() throws IOException {
        for (var seed = 0L; seed < 50; seed++) {
            var random = new Random(seed);
            var rows = board(random);
            var cut = random.nextInt(rows.size());
            minute = 0;
            var whole = imported(rows, null).sent;
            var part = imported(rows.subList(0, cut), null).sent;
            assertThat(whole.subList(0, part.size())).as("seed " + seed).isEqualTo(part);
        }
    }

    private List<String> board(Random random) {
        minute = 0;
        var rows = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            var issue = "i" + random.nextInt(5);
            var actor = "a" + random.nextInt(3);
            var other = "a" + random.nextInt(3);
            rows.add(
                    switch (random.nextInt(8)) {
                        case 0 -> row("created", issue, actor, "", "");
                        case 1 -> row("claimed", issue, actor, "", "");
                        case 2 -> row("closed", issue, actor, "", "done");
                        case 3 ->
                            row(
                                    "status_changed",
                                    issue,
                                    actor,
                                    "",
                                    "{\"status\":\"hooked\",\"assignee\":\"" + other + "\"}");
                        case 4 ->
                            row(
                                    "status_changed",
                                    issue,
                                    actor,
                                    before("hooked", other),
                                    "{\"status\":\"in_progress\"}");
                        case 5 ->
                            row("reopened", issue, actor, before("closed", other), "{\"status\":\"in_progress\"}");
                        case 6 -> row("label_removed", issue, actor, "", "Removed label: x");
                        default ->
                            row("updated", issue, actor, before("open", ""), "{\"description\":\"d\",\"notes\":\"n\"}");
                    });
        }
        return rows;
    }
}
