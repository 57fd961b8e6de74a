package dev.muster.cli;

import dev.muster.cli.shared.Application;
import dev.muster.history.LogOrigin;
import dev.muster.importer.BoardRecord;
import dev.muster.importer.BusSink;
import dev.muster.importer.ImportException;
import dev.muster.importer.ImportReport;
import dev.muster.importer.Recording;
import dev.muster.importer.conversation.Conversations;
import dev.muster.importer.xes.XesLog;
import dev.muster.progress.ProgressBar;
import dev.muster.view.ViewProgress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.json.JsonMapper;

/** Replays a recorded board or event log into an empty store. It needs the folder for itself. */
@Command(
        name = "import",
        description = "Replay a recorded board or event log, through the commands and at its own times, "
                + "into an empty store.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    /** The formats that can be read. */
    enum Format {
        BEADS("beads"),
        XES("xes"),
        WHO_AND_WHEN("who-and-when");

        private final String label;

        Format(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** By the label. */
    private static final class Formats implements ITypeConverter<Format>, Iterable<String> {

        @Override
        public Format convert(String value) {
            return Stream.of(Format.values())
                    .filter(format -> format.label.equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "there is no format " + value + ", but " + List.of(Format.values())));
        }

        @Override
        public Iterator<String> iterator() {
            return Stream.of(Format.values()).map(Format::toString).iterator();
        }
    }

    @Option(
            names = "--format",
            required = true,
            converter = Formats.class,
            completionCandidates = Formats.class,
            description = "The format of the files: ${COMPLETION-CANDIDATES}.")
    private Format format = Format.BEADS;

    @Option(
            names = "--dependencies",
            paramLabel = "FILE",
            description = "The dependencies of the board; of beads only.")
    private @Nullable Path dependencies;

    @Option(
            names = "--behind-utc",
            paramLabel = "DURATION",
            defaultValue = "PT8H",
            description = "How far the board's clock was behind UTC (default: ${DEFAULT-VALUE}); of beads only.")
    private Duration behindUtc = Duration.ofHours(8);

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "FOLDER",
            defaultValue = "muster-home",
            description = "The folder of the store (default: ${DEFAULT-VALUE}).")
    private Path home = Path.of("muster-home");

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The events, plain or .gz; of who-and-when JSON files or folders of them.")
    private List<Path> files = List.of();

    @Override
    public Integer call() throws Exception {
        try (var recording = read();
                var application = Application.silent(List.of("--muster.home=" + home, "--muster.supervision=false"))) {
            var log = application.getBean(LogOrigin.class);
            if (log.head() > 0) {
                throw new ImportException("The store in " + home + " has " + log.head()
                        + " events already. Import into an empty folder: --muster.home=FOLDER.");
            }
            var bar = new ProgressBar(System.err, "Importing", recording.size());
            var report = recording.replay(sink(application), bar::show);
            awaitViews(application.getBean(ViewProgress.class), log);
            print(report);
            return 0;
        }
    }

    /** Which event led to which is kept for the format alone that tells it. */
    private BusSink sink(ApplicationContext application) {
        var commands = application.getBean(CommandBus.class);
        return format == Format.WHO_AND_WHEN
                ? new BusSink(commands, application.getBean(EventStore.class))
                : new BusSink(commands);
    }

    /** Everything is read before anything is written. */
    private Recording read() {
        var clock = Clock.systemUTC();
        return switch (format) {
            case BEADS -> BoardRecord.read(files, dependencies, behindUtc, clock);
            case XES -> {
                var bytes =
                        files.stream().mapToLong(file -> file.toFile().length()).sum();
                yield XesLog.read(files, clock, new ProgressBar(System.err, "Reading", bytes)::show);
            }
            case WHO_AND_WHEN -> Conversations.read(files);
        };
    }

    /** So that the first question to the server finds everything there. */
    private static void awaitViews(ViewProgress progress, LogOrigin log) throws InterruptedException {
        var bar = new ProgressBar(System.err, "Folding the views", log.head());
        while (!progress.awaitPosition(log.head() - 1, Duration.ofMillis(200))) {
            bar.show(progress.position() + 1);
        }
        bar.show(log.head());
    }

    private void print(ImportReport report) {
        System.out.println(
                json
                        ? JsonMapper.builder()
                                .build()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(report.toMap())
                        : report);
    }
}
