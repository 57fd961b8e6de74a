package dev.muster.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows on a terminal how far something is, by a bar in one line; elsewhere by a line at every tenth. Not thread-safe. */
public final class ProgressBar {

    private static final int WIDTH = 40;
    private static final int TENTH = 10;

    private final PrintStream out;
    private final Consumer<String> lines;
    private final String title;
    private final long all;
    private final boolean terminal;
    private long shown = -1;

    /** @param out gets the bar, or the lines */
    public ProgressBar(PrintStream out, String title, long all) {
        this(out, out::println, title, all, System.console() != null);
    }

    ProgressBar(PrintStream out, Consumer<String> lines, String title, long all, boolean terminal) {
        this.out = out;
        this.lines = lines;
        this.title = title;
        this.all = all;
        this.terminal = terminal;
    }

    /**
     * On a terminal a bar on stderr.
     *
     * @param log gets the lines where there is no terminal
     */
    public static ProgressBar orLog(String title, long all, Consumer<String> log) {
        return new ProgressBar(System.err, log, title, all, System.console() != null);
    }

    /** What it shows as everything. */
    public long all() {
        return all;
    }

    public void show(long done) {
        var percent = all == 0 ? 100 : 100 * done / all;
        if (percent == shown || (!terminal && shown >= 0 && percent / TENTH == shown / TENTH)) {
            return;
        }
        shown = percent;
        var filled = (int) (WIDTH * percent / 100);
        var bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
        var line = String.format(Locale.ROOT, "%s [%s] %3d %% (%,d of %,d)", title, bar, percent, done, all);
        if (terminal) {
            out.print("\r" + line + (done == all ? System.lineSeparator() : ""));
            out.flush();
        } else {
            lines.accept(line);
        }
    }
}
