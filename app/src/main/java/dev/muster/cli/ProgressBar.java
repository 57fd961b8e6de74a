package dev.muster.cli;

import java.io.PrintStream;
import java.util.Locale;

/** Shows on a terminal how far something is; elsewhere a line at every tenth. */
final class ProgressBar {

    private static final int WIDTH = 40;

    private final PrintStream out;
    private final String title;
    private final long all;
    private final boolean terminal = System.console() != null;
    private long shown = -1;

    ProgressBar(PrintStream out, String title, long all) {
        this.out = out;
        this.title = title;
        this.all = all;
    }

    void show(long done) {
        var percent = all == 0 ? 100 : 100 * done / all;
        if (percent == shown || (!terminal && percent % 10 != 0)) {
            return;
        }
        shown = percent;
        var filled = (int) (WIDTH * percent / 100);
        var bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
        var line = String.format(Locale.ROOT, "%s [%s] %3d %% (%,d of %,d)", title, bar, percent, done, all);
        out.print(terminal ? "\r" + line + (done == all ? System.lineSeparator() : "") : line + System.lineSeparator());
        out.flush();
    }
}
