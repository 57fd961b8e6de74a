package dev.muster.cli;

import dev.muster.backup.RestoreException;
import dev.muster.cli.demo.DemoCommand;
import dev.muster.cli.shared.Application;
import dev.muster.importer.ImportException;
import dev.muster.store.StoreUnavailableException;
import dev.muster.transform.TransformException;
import java.io.PrintWriter;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Where Muster starts. */
@Command(
        name = "muster",
        description = "One shared, replayable history for many agents.",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            ImportCommand.class,
            ReplayCommand.class,
            VerifyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            TransformCommand.class,
            BenchCommand.class,
            BareServer.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Muster.Version.class)
public final class Muster {

    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private Muster() {}

    public static void main(String[] args) {
        // Axon would tell its makers of every start; it has to be known before its first class is loaded.
        System.setProperty("axoniq.update-checker.disabled", "true");
        var code = line().execute(serveIfNothingElse(args));
        // A server goes on in its own threads.
        if (code != 0) {
            System.exit(code);
        }
    }

    /** All commands, and how their failures are told. */
    static CommandLine line() {
        return new CommandLine(new Muster())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command.getErr()));
    }

    /** Tells what is not told yet; of a fault that nobody foresaw, all there is. */
    private static int failed(Exception failure, PrintWriter out) {
        if (failure instanceof ImportException
                || failure instanceof TransformException
                || failure instanceof RestoreException
                || failure instanceof StoreUnavailableException) {
            out.println(failure.getMessage());
        } else if (!(failure instanceof Application.StartFailed)) {
            failure.printStackTrace(out);
        }
        return 1;
    }

    /** The version that was built, as the jar says it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Muster.class.getPackage().getImplementationVersion();
            return new String[] {"muster " + (version == null ? "(not packaged)" : version)};
        }
    }

    private static String[] serveIfNothingElse(String[] args) {
        if (args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]))) {
            return args;
        }
        var serve = new String[args.length + 1];
        serve[0] = "serve";
        System.arraycopy(args, 0, serve, 1, args.length);
        return serve;
    }
}
