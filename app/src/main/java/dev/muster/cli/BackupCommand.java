package dev.muster.cli;

import dev.muster.app.ServerFile;
import dev.muster.cli.shared.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a backup of the log of a home: by its server where one runs, else by itself. */
@Command(
        name = "backup",
        description = "Back up the log of a home, also while its server runs.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "FOLDER",
            defaultValue = "muster-home",
            description = "The home; ${DEFAULT-VALUE} if left out.")
    private Path home = Path.of("muster-home");

    @Parameters(
            paramLabel = "TO",
            description =
                    "A folder for the backups of this log, on the machine of the server, best on another disk. Each"
                            + " further backup adds to it what is new.")
    private Path to = Path.of("");

    @Option(
            names = "--keep",
            paramLabel = "NUMBER",
            defaultValue = "7",
            description = "How many backups are kept there; ${DEFAULT-VALUE} if left out.")
    private int keep;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (keep < 1) {
            spec.commandLine().getErr().println("At least one backup is kept: --keep must be 1 or more.");
            return 2;
        }
        var server = ServerFile.running(home);
        return server.isPresent() ? byServer(Api.of(server.get().url(), home)) : byItself();
    }

    private int byServer(Api api) {
        var answer = api.post("/api/backups", Map.of("to", to.toAbsolutePath().toString(), "keep", keep));
        var body = answer.body();
        if (!answer.isOk()) {
            spec.commandLine().getErr().println(body.path("detail").asString("The server refused: " + body));
            return 1;
        }
        return tell(
                body.path("number").asInt(),
                body.path("events").asLong(),
                body.path("bytes").asLong());
    }

    private int byItself() {
        if (!Files.exists(home.resolve("log").resolve("CURRENT"))) {
            spec.commandLine().getErr().println("There is no log in " + home + ". Name its home with --home=FOLDER.");
            return 1;
        }
        try (var log = LogFolder.open(home)) {
            var made = log.backup(to, keep);
            return tell(made.number(), made.events(), made.bytes());
        }
    }

    private int tell(int number, long events, long bytes) {
        var out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "Backup %d in %s: %,d events, %,d bytes.%n", number, to, events, bytes);
        out.flush();
        return 0;
    }
}
