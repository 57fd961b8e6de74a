package dev.muster.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.agent.AgentId;
import dev.muster.agent.AgentQuery.GetAgent;
import dev.muster.agent.AgentView;
import dev.muster.history.EventFilter;
import dev.muster.history.HistoryEvent;
import dev.muster.history.LogReader;
import dev.muster.task.TaskQuery.CountTasks;
import dev.muster.task.TaskQuery.TaskCounts;
import dev.muster.task.TaskState;
import dev.muster.view.ViewProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The history of a real board goes through the commands. Skipped where the history is not there. */
class RealBoardTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static Path data;

    @TempDir
    Path homes;

    @BeforeAll
    static void find() {
        data = RealHistories.find("board-gastown");
    }

    private record Imported(ImportReport report, List<HistoryEvent> events) {}

    private interface Look {
        void at(TestServer server) throws Exception;
    }

    private Imported importInto(String name, List<Path> files, Look look) throws Exception {
        var home = Files.createDirectories(homes.resolve(name));
        try (var server = TestServer.startEmpty(home, "--muster.supervision=false")) {
            var bus = server.bean(CommandBus.class);
            var board = BoardRecord.read(files, data.resolve("deps.jsonl.gz"), Duration.ofHours(8), Clock.systemUTC());
            var report = new BoardImport(board, new BusSink(bus)).run(done -> {});
            var events = read(server.bean(LogReader.class));
            assertThat(server.bean(ViewProgress.class).awaitPosition(events.size() - 1, Duration.ofMinutes(2)))
                    .isTrue();
            look.at(server);
            return new Imported(report, events);
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

    @Test
    void every_issue_is_a_task_and_the_counts_agree_with_the_file() throws Exception {
        var rows = rows();
        var counted = Counted.of(rows);
        var imported = importInto("one", List.of(data.resolve("events.jsonl.gz")), server -> {
            var queries = server.bean(QueryGateway.class);
            var counts = queries.query(new CountTasks(null, null, null, null, null, null, null), TaskCounts.class)
                    .join();
            assertThat(counts.total()).isEqualTo(3_229);
            assertThat(counts.byState()).isEqualTo(counted.states);
            var actors = new HashSet<String>();
            rows.forEach(row -> actors.add(row.get("actor").asString()));
            assertThat(actors).hasSize(34);
            for (var actor : actors) {
                var agent = AgentId.of(actor.replace(' ', '-'));
                assertThat(queries.query(new GetAgent(agent), AgentView.class)
                                .join()
                                .agentId())
                        .isEqualTo(agent);
            }
        });
        assertThat(imported.report().rows()).isEqualTo(rows.size());
        assertThat(imported.report().applied()).isGreaterThanOrEqualTo(rows.size() * 99L / 100);
        var said = imported.events().stream().filter(event -> !event.inferred()).toList();
        assertThat(count(said, "TaskAssigned", "")).isEqualTo(counted.claims + counted.handOvers);
        assertThat(count(said, "TaskReleased", "handed over")).isEqualTo(counted.handOvers);
        assertThat(count(said, "TaskReleased", "put back on the board")).isEqualTo(counted.releases);
        assertThat(count(said, "TaskReopened", "")).isEqualTo(counted.reopenings);
        assertThat(said).allSatisfy(event -> assertThat(event.time()).isBefore(event.recordedAt()));
    }

    private static long count(List<HistoryEvent> events, String type, String reason) {
        return events.stream()
                .filter(event -> event.type().equals(type))
                .filter(event -> reason.isEmpty()
                        || event.data().path("reason").asString("").equals(reason))
                .count();
    }

    @Tag("slow")
    @Test
    void the_same_file_gives_the_same_events_and_a_prefix_of_it_a_prefix_of_them() throws Exception {
        var all = data.resolve("events.jsonl.gz");
        var one = importInto("one", List.of(all), server -> {}).events();
        var two = importInto("two", List.of(all), server -> {}).events();
        assertThat(two.stream().map(RealBoardTest::essence))
                .isEqualTo(one.stream().map(RealBoardTest::essence).toList());
        var prefix = homes.resolve("prefix.jsonl");
        Files.write(prefix, sorted().subList(0, 4_000));
        var part = importInto("part", List.of(prefix), server -> {}).events();
        assertThat(part.stream().map(RealBoardTest::essence))
                .isEqualTo(one.subList(0, part.size()).stream()
                        .map(RealBoardTest::essence)
                        .toList());
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

    /** The lines by time; those of one time in their order. */
    private static List<String> sorted() throws IOException {
        var lines = new ArrayList<>(new LinkedHashSet<>(lines()));
        lines.sort(Comparator.comparing(
                line -> JSON.readTree(line).get("created_at").asString()));
        return lines;
    }

    private static List<JsonNode> rows() throws IOException {
        return sorted().stream().map(JSON::readTree).toList();
    }

    private static List<String> lines() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(data.resolve("events.jsonl.gz"))), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        }
    }

    /** Counts made straight from the rows, without anything of the importer. */
    private static final class Counted {

        private final Map<String, String> status = new HashMap<>();
        private final Map<String, String> holder = new HashMap<>();
        private final Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
        private long claims;
        private long handOvers;
        private long releases;
        private long reopenings;

        static Counted of(List<JsonNode> rows) {
            var counted = new Counted();
            rows.forEach(counted::row);
            counted.status.values().forEach(status -> counted.states.merge(state(status), 1L, Long::sum));
            return counted;
        }

        private static TaskState state(String status) {
            return switch (status) {
                case "hooked" -> TaskState.ASSIGNED;
                case "in_progress" -> TaskState.WORKING;
                case "closed" -> TaskState.COMPLETED;
                default -> TaskState.SUBMITTED;
            };
        }

        private void row(JsonNode row) {
            var issue = row.get("issue_id").asString();
            var actor = row.get("actor").asString();
            var before = object(row, "old_value");
            var after = object(row, "new_value");
            if (before.has("status")) {
                status.put(issue, before.get("status").asString());
                var assignee = before.path("assignee").asString("");
                holder.put(issue, assignee.isEmpty() ? actor : assignee);
            }
            status.putIfAbsent(issue, "open");
            switch (row.get("event_type").asString()) {
                case "claimed" -> give(issue, actor, "in_progress");
                case "closed" -> status.put(issue, "closed");
                case "reopened" -> {
                    reopenings++;
                    status.put(issue, after.get("status").asString());
                }
                case "status_changed" -> changed(issue, actor, before, after);
                default -> {
                    // A creation, a label, a text: none of them moves an issue.
                }
            }
        }

        private void changed(String issue, String actor, JsonNode before, JsonNode after) {
            var next = after.get("status").asString();
            var assignee = after.path("assignee").asString("");
            if (assignee.isEmpty()) {
                assignee = before.path("assignee").asString("");
            }
            if (next.equals("open") && isHeld(issue)) {
                releases++;
                status.put(issue, "open");
            } else if (next.equals("open") && status.get(issue).equals("closed")) {
                reopenings++;
                status.put(issue, "open");
            } else if (next.equals("hooked") || next.equals("in_progress")) {
                give(issue, assignee.isEmpty() ? actor : assignee, next);
            }
        }

        private void give(String issue, String agent, String next) {
            var sameHolder = isHeld(issue) && agent.equals(holder.get(issue));
            if (!sameHolder) {
                if (isHeld(issue)) {
                    handOvers++;
                } else {
                    claims++;
                }
            }
            holder.put(issue, agent);
            status.put(issue, next);
        }

        private boolean isHeld(String issue) {
            return status.get(issue).equals("hooked") || status.get(issue).equals("in_progress");
        }

        private static JsonNode object(JsonNode row, String field) {
            var text = row.path(field).asString("");
            return text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode();
        }
    }
}
