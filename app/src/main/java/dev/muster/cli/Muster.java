package dev.muster.cli;

import dev.muster.app.NoUpdateCheck;
import dev.muster.backup.RestoreException;
import dev.muster.cli.baseline.AxonBaseline;
import dev.muster.cli.demo.DemoCommand;
import dev.muster.cli.shared.Application;
import dev.muster.importer.ImportException;
import dev.muster.store.StoreUnavailableException;
import dev.muster.transform.TransformException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

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
            TokenFileCommand.class,
            BenchCommand.class,
            RehearseCommand.class,
            BareServer.class,
            AxonBaseline.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Muster.Version.class)
public final class Muster {

    private static final String SERVE = "serve";
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    private Muster() {}

    public static void main(String[] args) {
        NoUpdateCheck.settle();
        var asked = serveIfNothingElse(args);
        var code = isPlainServe(asked) ? serve(asked) : line(asked[0]).execute(asked);
        // A server goes on in its own threads.
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Whether there is nothing for a command line to read: properties are read by the server. */
    static boolean isPlainServe(String[] asked) {
        return asked[0].equals(SERVE)
                && Arrays.stream(asked).skip(1).allMatch(each -> each.startsWith("--") && !OWN_OPTIONS.contains(each));
    }

    /** As the command line would, which takes a thirtieth of a start. */
    private static int serve(String[] asked) {
        try {
            Application.serving(List.of(asked).subList(1, asked.length));
            return 0;
        } catch (RuntimeException e) {
            return failed(e, new PrintWriter(System.err, true));
        }
    }

    /** All commands; to serve needs none of the others, so a server does not load them. */
    static CommandLine line(String asked) {
        if (!asked.equals(SERVE)) {
            return line();
        }
        return told(new CommandLine(CommandSpec.create().name("muster"))
                .addSubcommand(SERVE, new CommandLine(new ServeCommand())));
    }

    /** All commands. */
    static CommandLine line() {
        return told(new CommandLine(new Muster()));
    }

    /** How failures are told. */
    private static CommandLine told(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true)
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
        serve[0] = SERVE;
        System.arraycopy(args, 0, serve, 1, args.length);
        return serve;
    }
}
