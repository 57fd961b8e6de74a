package dev.muster.cli;

import dev.muster.backup.Restoration;
import dev.muster.progress.ProgressBar;
import dev.muster.store.DamagedLogException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of a home's log. It needs both folders for itself. */
@Command(
        name = "restore",
        description = "Restore a backup into a home, verified. The next start folds everything else from it.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "FOLDER",
            defaultValue = "muster-home",
            description = "The home; ${DEFAULT-VALUE} if left out.")
    private Path home = Path.of("muster-home");

    @Parameters(paramLabel = "FROM", description = "The folder that backups were made to.")
    private Path from = Path.of("");

    @Option(names = "--backup", paramLabel = "NUMBER", description = "Which one; the latest if left out.")
    private @Nullable Integer number;

    @Option(names = "--force", description = "Move a log that is there aside. It is not deleted.")
    private boolean force;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            @Nullable ProgressBar[] bar = {null};
            var restored = new Restoration(home).restore(from, number, force, (done, all) -> {
                bar[0] = bar[0] == null ? new ProgressBar(System.err, "Verifying", all) : bar[0];
                bar[0].show(done);
            });
            tell(restored);
            return 0;
        } catch (DamagedLogException e) {
            spec.commandLine()
                    .getErr()
                    .println(e.getMessage() + "\nNothing was changed in " + home
                            + ". Restore an earlier backup with --backup=NUMBER.");
            return 1;
        }
    }

    private void tell(Restoration.Restored restored) {
        var out = spec.commandLine().getOut();
        restored.aside().ifPresent(aside -> out.println("The log that was there is in " + aside + " now."));
        out.printf(
                Locale.ROOT,
                "Restored backup %d of %s: %,d events of %,d entities, all verified. At the next start, views, sagas and"
                        + " indexes that were folded from another history are folded again.%n",
                restored.backup().number(),
                restored.backup().time(),
                restored.verified().events(),
                restored.verified().entities());
        out.flush();
    }
}
