package dev.muster.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demonstration tells the same story each time, and can prove it. */
class DemoTest {

    @TempDir
    Path folder;

    private record Run(int code, String out, String err, List<Act> acts) {}

    private Run run(String home, String... more) {
        var command = new DemoCommand();
        var out = new StringWriter();
        var err = new StringWriter();
        var line = new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var options = new String[] {
            "--exit",
            "--pace=PT0S",
            "--server.port=0",
            "--spring.jmx.enabled=false",
            "--muster.home=" + folder.resolve(home),
            "--muster.task.lease=PT2S",
            "--muster.task.supervision-interval=PT0.2S"
        };
        var arguments = new String[options.length + more.length];
        System.arraycopy(options, 0, arguments, 0, options.length);
        System.arraycopy(more, 0, arguments, options.length, more.length);
        return new Run(line.execute(arguments), out.toString(), err.toString(), command.acts());
    }

    @Test
    void one_seed_gives_one_sequence_of_agent_command_and_outcome_and_another_seed_another() {
        var first = run("first", "--seed=1");
        assertThat(first.code()).as(first.out() + first.err()).isZero();
        var second = run("second", "--seed=1");
        assertThat(second.code()).as(second.out() + second.err()).isZero();
        assertThat(second.acts()).isEqualTo(first.acts());

        var other = run("other", "--seed=2");
        assertThat(other.code()).as(other.out() + other.err()).isZero();
        assertThat(who(other)).isNotEqualTo(who(first));
    }

    private static List<String> who(Run run) {
        return run.acts().stream().map(act -> act.actor() + " " + act.command()).toList();
    }

    @Test
    void what_it_promises_to_show_happens_and_each_line_of_the_summary_holds() {
        var run = run("shown", "--seed=7");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).doesNotContain("NOT SO");
        assertThat(run.out().lines().filter(line -> line.startsWith("      ok  ")))
                .hasSize(10);
        assertThat(run.out().lines().filter(line -> line.strip()
                        .startsWith("curl -H \"Authorization: Bearer $TOKEN\" 'http://127.0.0.1:")))
                .hasSize(10);
        assertThat(run.acts())
                .extracting(Act::outcome)
                .contains(
                        "launch/film, task-lease-lost",
                        "launch/site, task-already-claimed",
                        "launch/site, attempt 3, token 3",
                        "launch/copy: Aria",
                        "campaign/mail, task-wrong-state");
        assertThat(run.acts())
                .contains(new Act("operator:kim", "provide-input", "launch/copy: Aria"))
                .extracting(Act::actor)
                .contains("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8");

        var again = run("shown", "--seed=7");
        assertThat(again.code()).as("its log is not empty any more").isEqualTo(1);
        assertThat(again.err()).contains("--muster.home=FOLDER");
        assertThat(again.acts()).isEmpty();
    }
}
