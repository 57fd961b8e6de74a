package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.app.domain.Sources;
import dev.muster.store.RocksEventStorageEngine;
import dev.muster.transform.LogEvent;
import dev.muster.transform.LogTransformation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A log is copied through a transformation into a new home, or there is none. */
class TransformCommandTest {

    @TempDir
    static Path oldFolder;

    @TempDir
    Path folder;

    private Path fresh;

    private static Path old() {
        return oldFolder.resolve("home");
    }

    @BeforeAll
    static void makeAHomeWithWork() throws IOException {
        try (var server = TestServer.start(old())) {
            var api = server.api();
            api.command("register-agent", "ada", Map.of());
            for (int i = 0; i < 3; i++) {
                api.command("submit-task", "anonymous", Map.of("taskId", "t" + i, "title", "Task " + i));
                api.command("claim-task", "ada", Map.of("taskId", "t" + i));
                for (int percent = 10; percent <= 50; percent += 10) {
                    api.command(
                            "report-progress",
                            "ada",
                            Map.of("taskId", "t" + i, "fencingToken", 1, "percent", percent, "note", "At " + percent));
                }
                api.command("complete-task", "ada", Map.of("taskId", "t" + i, "fencingToken", 1));
            }
        }
        Files.createDirectories(old().resolve("domain/lib"));
        Files.writeString(old().resolve("domain/lib/notes.txt"), "of the team");
    }

    @BeforeEach
    void nameTheNewHome() {
        fresh = folder.resolve("new");
    }

    private record Run(int code, String out, String err) {
        private JsonNode report() {
            assertThat(code).as(err).isZero();
            return JsonMapper.builder().build().readTree(out);
        }
    }

    private Run transform(String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments =
                Stream.concat(Stream.of("transform", "--home=" + old(), "--to=" + fresh, "--json"), Stream.of(more));
        var code = Muster.line()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private static List<JsonNode> events(Path home, String form) {
        try (var server = TestServer.start(home)) {
            return server.api().events(form);
        }
    }

    private void leavesNothing() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void without_a_transformation_it_is_a_copy_that_answers_as_the_old_home_does() {
        var report = transform().report();
        var copied = events(fresh, "&form=stored");
        assertThat(copied)
                .usingElementComparator(Comparator.comparing(TransformCommandTest::withoutSource))
                .isEqualTo(events(old(), "&form=stored"));
        assertThat(copied.get(0).get("source"))
                .isNotEqualTo(events(old(), "").get(0).get("source"));
        assertThat(report.get("unchanged").asLong()).isEqualTo(copied.size() + 1);
        assertThat(report.get("entitiesLoaded").asLong()).isEqualTo(5);
        assertThat(report.get("eventsRead").asLong()).isEqualTo(copied.size() + 1);
        assertThat(fresh.resolve("domain/lib/notes.txt")).hasContent("of the team");
        assertThat(folder.resolve("new.transforming")).doesNotExist();
    }

    /** A new log has an identity of its own. */
    private static String withoutSource(JsonNode event) {
        return event.toString().replaceFirst("\"source\":\"[^\"]*\"", "");
    }

    /** Of the reports that follow one another on a task, one: it says what the last one said, and how many there were. */
    public static final class ReportsMerged implements LogTransformation {

        private final Map<String, LogEvent> last = new LinkedHashMap<>();
        private final Map<String, Integer> many = new HashMap<>();

        @Override
        public Stream<LogEvent> apply(Stream<LogEvent> log) {
            Stream<LogEvent> merged = log.mapMulti((event, out) -> {
                if (event.type().equals("ProgressReported")) {
                    last.put(event.entity(), event);
                    many.merge(event.entity(), 1, Integer::sum);
                } else {
                    if (last.containsKey(event.entity())) {
                        out.accept(merged(event.entity()));
                    }
                    out.accept(event);
                }
            });
            return Stream.concat(merged, Stream.of(0).flatMap(end -> List.copyOf(last.keySet()).stream()
                    .map(this::merged)));
        }

        private LogEvent merged(String entity) {
            var reports = many.remove(entity);
            return last.remove(entity).withData(data -> data.put("note", reports + " reports"));
        }
    }

    @Test
    void events_are_merged_and_every_entity_loads() {
        var report = transform("--with=" + ReportsMerged.class.getName()).report();
        assertThat(report.get("dropped").asLong()).isEqualTo(12);
        assertThat(report.get("rewritten").asLong()).isEqualTo(3);
        try (var server = TestServer.start(fresh)) {
            var api = server.api();
            assertThat(api.events("&form=stored&entity=task/t1").stream()
                            .map(event -> event.get("type").asString()))
                    .containsExactly(
                            "TaskSubmitted", "TaskAssigned", "TaskStarted", "ProgressReported", "TaskCompleted");
            var task = api.get("/api/queries/get-task?taskId=t1").body();
            assertThat(task.get("state").asString()).isEqualTo("completed");
            assertThat(api.command("submit-task", "anonymous", Map.of("title", "One more"))
                            .status())
                    .isEqualTo(200);
        }
    }

    /** The tasks one after another, each with its events in their order, after all else. */
    public static final class TasksOneAfterAnother implements LogTransformation {
        @Override
        public Stream<LogEvent> apply(Stream<LogEvent> log) {
            return log.sorted(Comparator.comparing(event -> event.entity().startsWith("task/t") ? event.entity() : ""));
        }
    }

    @Test
    void events_are_reordered_and_every_entity_loads() {
        var report = transform("--with=" + TasksOneAfterAnother.class.getName()).report();
        assertThat(report.get("unchanged")).isEqualTo(report.get("written"));
        var entities = events(fresh, "&form=stored").stream()
                .map(event -> event.get("subject").asString())
                .toList();
        assertThat(entities).isSorted();
        assertThat(entities.stream().distinct()).containsExactly("agent/ada", "task/t0", "task/t1", "task/t2");
    }

    @Test
    void a_transformation_is_found_in_a_jar_of_the_home() throws IOException {
        new Sources(folder.resolve("sources")).add("""
                        package com.example.moves;

                        import dev.muster.transform.LogEvent;
                        import dev.muster.transform.LogTransformation;
                        import java.util.stream.Stream;

                        public final class Quieter implements LogTransformation {
                            @Override
                            public Stream<LogEvent> apply(Stream<LogEvent> log) {
                                return log.filter(event -> !event.type().equals("ProgressReported"));
                            }
                        }
                        """).jar(old().resolve("domain/moves.jar"));
        try {
            var report = transform("--with=com.example.moves.Quieter").report();
            assertThat(report.get("dropped").asLong()).isEqualTo(15);
        } finally {
            Files.delete(old().resolve("domain/moves.jar"));
        }
    }

    /** Gives an event of a type that nobody knows. */
    public static final class Unheard implements LogTransformation {
        @Override
        public Stream<LogEvent> apply(Stream<LogEvent> log) {
            return log.map(event -> event.position() == 5 ? event.withType("NobodyKnows", "1") : event);
        }
    }

    /** Leaves out what every task begins with. */
    public static final class Headless implements LogTransformation {
        @Override
        public Stream<LogEvent> apply(Stream<LogEvent> log) {
            return log.map(event -> event.type().equals("TaskSubmitted")
                    ? event.withEntity("nothing", "nothing/" + event.entity())
                    : event);
        }
    }

    @Test
    void what_the_application_can_not_live_with_becomes_no_home() throws IOException {
        var unheard = transform("--with=" + Unheard.class.getName());
        assertThat(unheard.code()).isEqualTo(1);
        assertThat(unheard.err()).contains("at position 5");
        leavesNothing();

        var headless = transform("--with=" + Headless.class.getName());
        assertThat(headless.code()).isEqualTo(1);
        assertThat(headless.err()).contains("no aggregate of that type");
        leavesNothing();
    }

    @Test
    void a_home_in_use_is_refused_with_who_has_it() throws IOException {
        try (var server = TestServer.start(old())) {
            var run = transform();
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("is open in process " + ProcessHandle.current().pid());
            assertThat(server.bean(RocksEventStorageEngine.class).head()).isPositive();
        }
        leavesNothing();
    }

    @Test
    void a_target_that_is_not_empty_is_refused_and_left_as_it_is() throws IOException {
        Files.createDirectories(fresh);
        Files.writeString(fresh.resolve("letter.txt"), "Dear");
        var run = transform();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is not empty");
        assertThat(fresh.resolve("letter.txt")).hasContent("Dear");
        assertThat(folder.resolve("new.transforming")).doesNotExist();
    }

    @Test
    void what_is_no_home_and_what_is_no_transformation_is_refused() throws IOException {
        assertThat(transform("--with=no.Such").err()).contains("no class no.Such");
        assertThat(transform("--with=java.lang.String").err()).contains("java.lang.String can't be used");
        assertThat(transform("--home=" + folder.resolve("nowhere")).code()).isNotZero();
        leavesNothing();
    }
}
