package dev.muster.importer.xes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.importer.CommandSink;
import dev.muster.task.Assignment;
import dev.muster.task.TaskCommand.ClaimTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is larger than the heap. */
@Tag("slow")
class LargeXesTest {

    private static final int HEAP_MIB = 48;
    private static final int CASES = 60_000;
    private static final int EVENTS = 5;

    @TempDir
    Path folder;

    @Test
    void a_log_larger_than_the_heap_is_replayed_in_the_order_of_time() throws Exception {
        var log = folder.resolve("large.xes");
        write(log);
        assertThat(Files.size(log)).isGreaterThan(3L * HEAP_MIB << 20);
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MIB + "m",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replay.class.getName(),
                        log.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(folder.resolve("out"))).contains(CASES * EVENTS + " applied, in order: true");
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("large.xes", "out");
        }
    }

    /** The last case comes first, and each event says much that is passed over. */
    private static void write(Path log) throws IOException {
        var note = XesFile.string("note", "A &amp; B ".repeat(60));
        try (var out = new PrintWriter(Files.newBufferedWriter(log))) {
            out.println("<log>");
            for (var i = CASES; i > 0; i--) {
                out.println("<trace>" + XesFile.string("concept:name", "case " + i));
                for (var j = 0; j < EVENTS; j++) {
                    out.println("<event>" + XesFile.string("concept:name", "Activity " + j) + note
                            + "<date key=\"time:timestamp\" value=\""
                            + Instant.ofEpochSecond(1_600_000_000L + 60L * i + j) + "\"/></event>");
                }
                out.println("</trace>");
            }
            out.println("</log>");
        }
    }

    /** Runs in a process of its own. */
    static final class Replay {

        public static void main(String[] arguments) {
            var last = new Instant[] {Instant.MIN};
            var ordered = new boolean[] {true};
            CommandSink sink = (command, circumstances) -> {
                ordered[0] &= !circumstances.at().isBefore(last[0]);
                last[0] = circumstances.at();
                return command instanceof ClaimTask claim
                        ? new Assignment(claim.taskId(), claim.agentId(), 1, null, 1)
                        : null;
            };
            try (var log = XesLog.read(List.of(Path.of(arguments[0])), Clock.systemUTC(), bytes -> {})) {
                var report = log.replay(sink, done -> {});
                System.out.println(report.applied() + " applied, in order: " + ordered[0]);
            }
        }
    }
}
