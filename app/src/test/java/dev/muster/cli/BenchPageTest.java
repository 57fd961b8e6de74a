package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.shared.Api;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of figures is made of what runs have left in files. */
class BenchPageTest {

    private static final String PAGE =
            "# Performance\n\n" + BenchPageCommand.BEGIN + "\nold\n" + BenchPageCommand.END + "\n\n## How\n";

    @TempDir
    private Path folder;

    private Path page;

    @BeforeEach
    void writePage() throws IOException {
        page = Files.writeString(folder.resolve("page.md"), PAGE);
    }

    @Test
    void each_figure_stands_beside_what_is_to_be_reached_and_what_was_measured_with_it() throws IOException {
        var relay = Map.<String, Object>of(
                "clients", 32,
                "changesPerSecond", 1160.4,
                "ofBarePost", 0.1463,
                "barePostsPerSecond", 7931.2,
                "bareAxonPerSecond", 15267.7,
                "barePostAndAxonPerSecond", 5219.6,
                "timesAxonOnH2", 5.25,
                "axonOnH2PerSecond", 221.0,
                "axonOnPostgresLeftOut", "no binaries");
        assertThat(write(file("relay", relay))).isZero();
        assertThat(Files.readString(page))
                .startsWith("# Performance\n")
                .contains(
                        "- `bench --tasks 9` on 2026-11-25: 2 cores, 23 GiB of memory, JVM 17, Linux; load before it 0.25\n")
                .contains(
                        "| task relay over HTTP, 32 clients, until the views have caught up | 1,160 changes a second | 0.65 of"
                                + " an empty POST to a bare Spring Boot application, 5 times Axon's JDBC engine on an H2 that syncs"
                                + " | 0.15 of an empty POST (7,931 a second); such a POST and a command of Axon alone would be 5,220 a"
                                + " second (15,268 commands); 5.25 times Axon's engine on H2 (221 a second);"
                                + " PostgreSQL was left out: no binaries |\n")
                .doesNotContain("old", "revisions of one task")
                .endsWith(BenchPageCommand.END + "\n\n## How\n");
    }

    @Test
    void the_figures_of_several_runs_come_into_one_table() throws IOException {
        var inProcess = file(
                "in", Map.of("threads", 32, "changesPerSecond", 2310, "oneP50Millis", 0.62, "fdatasyncMillis", 0.17));
        var store = file(
                "store", Map.of("events", 1_000_000, "firstCommandSeconds", 3.5, "firstCommandSecondsMiddle", 4.2));
        assertThat(write(inProcess, store)).isZero();
        assertThat(Files.readString(page))
                .contains("| one client in process, the median change | 0.62 ms | 0.37 ms, an fdatasync and 0.2 ms |")
                .contains(
                        "| from `kill -9` to the first answered command, 1,000,000 events, the best of some | 3.5 s | 4 s, 1.5 times an empty store | 4.2 s in the middle |\n")
                .containsOnlyOnce("| figure |");
    }

    @Test
    void a_page_without_a_place_for_the_table_is_left_as_it_is() throws IOException {
        Files.writeString(page, "# Another page\n");
        var file = file("relay", Map.of("clients", 1, "changesPerSecond", 1));
        assertThat(write(file)).isNotZero();
        assertThat(page).hasContent("# Another page");
    }

    private Path file(String name, Map<String, Object> figures) throws IOException {
        var run = new BenchRun("2026-11-25", "bench --tasks 9", 2, 23 * 1024, "JVM 17", "Linux", 0.25, figures);
        return Files.writeString(folder.resolve(name + ".json"), Api.JSON.writeValueAsString(run));
    }

    private int write(Path... files) {
        var arguments = new ArrayList<>(List.of("bench", "page", "--into=" + page));
        for (var file : files) {
            arguments.add(file.toString());
        }
        return Muster.line().setErr(new PrintWriter(new StringWriter())).execute(arguments.toArray(String[]::new));
    }
}
