package dev.muster.cli;

import dev.muster.progress.ProgressBar;
import dev.muster.store.DamagedLogException;
import dev.muster.store.LogVerification;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads everything in the log of a home, and names the first damage. It needs the folder for itself, and changes nothing. */
@Command(
        name = "verify",
        description = "Read everything in the log of a home. Exit code 1 names the first damage.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "FOLDER",
            defaultValue = "muster-home",
            description = "The home; ${DEFAULT-VALUE} if left out.")
    private Path home = Path.of("muster-home");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var begun = System.nanoTime();
        try (var log = LogVerification.open(home.resolve("log"))) {
            var verified = log.run(new ProgressBar(System.err, "Verifying", log.events())::show);
            out.printf(
                    Locale.ROOT,
                    "The log %s is as it was written: %,d events of %,d entities and %,d snapshots, %,d bytes, read in"
                            + " %.1f seconds.%n",
                    verified.identity(),
                    verified.events(),
                    verified.entities(),
                    verified.snapshots(),
                    verified.bytes(),
                    (System.nanoTime() - begun) / 1e9);
            out.flush();
            return 0;
        } catch (DamagedLogException e) {
            tell(e);
            return 1;
        }
    }

    private void tell(DamagedLogException damage) {
        var err = spec.commandLine().getErr();
        err.println(damage.getMessage());
        if (!damage.file().isEmpty()) {
            err.println("It is in " + damage.file() + " in " + home.resolve("log") + ".");
        }
        if (damage.readable() > 0) {
            err.printf(
                    Locale.ROOT,
                    "The %,d events before it, up to position %d, can still be read.%n",
                    damage.readable(),
                    damage.readable() - 1);
        }
        err.println("Restore a backup: muster restore FROM --force --home=" + home
                + ". It moves this log aside and deletes nothing.");
        err.flush();
    }
}
