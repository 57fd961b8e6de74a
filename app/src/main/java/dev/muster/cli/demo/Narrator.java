package dev.muster.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Tells what happens as it happens, in colour where the terminal has it. */
final class Narrator {

    private static final List<IStyle> COLOURS = List.of(
            Style.fg_green,
            Style.fg_yellow,
            Style.fg_blue,
            Style.fg_magenta,
            Style.fg_cyan,
            Style.fg("208"),
            Style.fg("141"),
            Style.fg("43"));

    private final PrintWriter out;
    private final Duration pace;
    private final Ansi ansi = Ansi.AUTO;
    private final long start = System.nanoTime();

    /** @param pace what people are given to read a line */
    Narrator(PrintWriter out, Duration pace) {
        this.out = out;
        this.pace = pace;
    }

    void chapter(String title) {
        say("");
        say(styled(title, Style.bold));
    }

    void act(Act act, boolean refused) {
        var outcome = refused ? styled("refused: " + act.outcome(), Style.fg_red, Style.bold) : act.outcome();
        line(colour(act.actor()), act.actor(), String.format("%-16s ", act.command()) + outcome);
    }

    /** What nobody has sent a request for: the work of supervision and of the sagas. */
    void happened(String text) {
        line(Style.faint, "", styled(text, Style.faint));
    }

    void proof(boolean holds, String text, String curl) {
        say("  " + styled(holds ? "    ok" : "NOT SO", holds ? Style.fg_green : Style.fg_red, Style.bold) + "  "
                + text);
        say("          " + styled(curl, Style.faint));
    }

    void say(String text) {
        out.println(text);
        out.flush();
    }

    private void line(IStyle colour, String who, String text) {
        var seconds = String.format(Locale.ROOT, "%6.1f s  ", (System.nanoTime() - start) / 1e9);
        say(styled(seconds, Style.faint) + styled(String.format("%-12s ", who), colour) + text);
        LockSupport.parkNanos(pace.toNanos());
    }

    private static IStyle colour(String actor) {
        return actor.startsWith("a") ? COLOURS.get((actor.charAt(1) - '1') % COLOURS.size()) : Style.bold;
    }

    private String styled(String text, IStyle... styles) {
        return ansi.apply(text, List.of(styles)).toString();
    }
}
