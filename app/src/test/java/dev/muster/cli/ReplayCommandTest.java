package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {

    @TempDir
    Path home;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    private int replay(String... options) {
        var all = new String[options.length + 1];
        all[0] = "--home=" + home;
        System.arraycopy(options, 0, all, 1, options.length);
        said.reset();
        var both = new PrintStream(said, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        return new CommandLine(new ReplayCommand()).execute(all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void speakAgain() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void it_follows_a_replay_of_the_running_server_to_its_end() {
        try (var server = TestServer.start(home)) {
            var answer = server.api().command("submit-task", "anonymous", Map.of("title", "One"));
            server.api()
                    .get("/api/queries/count-tasks?wait=PT30S&after="
                            + answer.body().get("seen").asString());
            assertThat(replay()).as(said()).isZero();
            assertThat(said()).contains("Replaying", "100 %", "the views are as they were");
            assertThat(replay("--verify", "--view=task")).as(said()).isZero();
            assertThat(replay("--from=0")).as(said()).isZero();
            assertThat(replay("--view=nothing")).isEqualTo(1);
            assertThat(said()).contains("There are ", "task");
            assertThat(replay("--from=yesterday")).isEqualTo(1);
            assertThat(said()).contains("must be a position or an instant");
        }
        assertThat(replay()).isEqualTo(1);
        assertThat(said()).contains("Start the server");
    }

    @Test
    void a_file_that_a_killed_server_left_behind_is_recognised() throws IOException, InterruptedException {
        var gone = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        gone.waitFor();
        Files.writeString(
                home.resolve("server.json"),
                "{\"url\": \"http://127.0.0.1:1\", \"pid\": " + gone.pid()
                        + ", \"started\": \"2026-03-01T10:00:00Z\"}");
        assertThat(replay()).isEqualTo(1);
        assertThat(said()).contains("left behind by process " + gone.pid());
    }
}
