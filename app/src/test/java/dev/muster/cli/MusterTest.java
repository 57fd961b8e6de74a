package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MusterTest {

    private final StringWriter out = new StringWriter();

    @Test
    void serving_knows_no_other_command_but_looks_the_same() {
        var alone = Muster.line("serve");

        assertThat(alone.getSubcommands()).containsOnlyKeys("serve");
        assertThat(help(alone)).isEqualTo(help(Muster.line())).contains("Usage: muster serve");
    }

    @Test
    void whatever_else_is_asked_for_finds_every_command() {
        assertThat(Muster.line("import").getSubcommands()).containsKeys("serve", "import", "replay", "bench");
        assertThat(Muster.line("--help").getSubcommands()).containsKeys("serve", "import");
    }

    @Test
    void a_server_with_nothing_but_properties_needs_no_command_line() {
        assertThat(Muster.isPlainServe(new String[] {"serve"})).isTrue();
        assertThat(Muster.isPlainServe(new String[] {"serve", "--server.port=0"}))
                .isTrue();
        assertThat(Muster.isPlainServe(new String[] {"serve", "--help"})).isFalse();
        assertThat(Muster.isPlainServe(new String[] {"serve", "@file"})).isFalse();
        assertThat(Muster.isPlainServe(new String[] {"bench", "--past"})).isFalse();
    }

    private String help(CommandLine line) {
        out.getBuffer().setLength(0);
        assertThat(line.setOut(new PrintWriter(out)).execute("serve", "--help")).isZero();
        return out.toString();
    }
}
