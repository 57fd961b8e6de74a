package dev.muster.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bar on a terminal, and few lines elsewhere. */
class ProgressBarTest {

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final List<String> log = new ArrayList<>();

    private ProgressBar bar(boolean isTerminal) {
        var out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
        return new ProgressBar(out, log::add, "Folding", 1_000, isTerminal);
    }

    @Test
    void on_a_terminal_it_stays_in_one_line_which_ends_when_all_is_done() {
        var bar = bar(true);
        for (long done : new long[] {0, 500, 505, 1_000}) {
            bar.show(done);
        }
        assertThat(log).isEmpty();
        var shown = terminal.toString(StandardCharsets.UTF_8);
        assertThat(shown.strip().split("\r")).hasSize(3).allMatch(each -> each.startsWith("Folding ["));
        assertThat(shown)
                .endsWith("100 % (1,000 of 1,000)" + System.lineSeparator())
                .containsOnlyOnce("\n");
    }

    @Test
    void elsewhere_each_tenth_is_told_once_however_it_is_passed() {
        var bar = bar(false);
        for (long done : new long[] {0, 7, 153, 158, 420, 1_000}) {
            bar.show(done);
        }
        assertThat(terminal.size()).isZero();
        assertThat(log).hasSize(4);
        assertThat(log.get(1)).contains(" 15 % (153 of 1,000)");
        assertThat(log.get(3)).contains("100 % (1,000 of 1,000)");
    }
}
