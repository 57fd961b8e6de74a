package dev.muster.cli;

import dev.muster.cli.shared.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the table of figures into a page, between two lines that mark its place, of what runs have left in files. */
@Command(
        name = "page",
        description = "Write the figures of runs (of bench --json FILE) into a page.",
        mixinStandardHelpOptions = true)
final class BenchPageCommand implements Callable<Integer> {

    static final String BEGIN = "<!-- figures: made by bench page, not by hand -->";
    static final String END = "<!-- end of the figures -->";

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What bench --json has written.")
    private List<Path> files;

    @Option(
            names = "--into",
            defaultValue = "docs/performance.md",
            description = "The page, which has the two marks (default: ${DEFAULT-VALUE}).")
    private Path page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var runs = new ArrayList<BenchRun>();
        for (var file : files) {
            runs.add(Api.JSON.readValue(Files.readString(file), BenchRun.class));
        }
        var text = Files.readString(page);
        var begin = text.indexOf(BEGIN);
        var end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new ParameterException(
                    spec.commandLine(),
                    page + " lacks the lines between which the table is written: " + BEGIN + " and " + END);
        }
        Files.writeString(
                page, text.substring(0, begin) + BEGIN + "\n\n" + FiguresTable.of(runs) + "\n\n" + text.substring(end));
        return 0;
    }
}
