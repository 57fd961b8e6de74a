package dev.muster.cli;

import dev.muster.access.OperatorToken;
import dev.muster.access.OperatorTokenFile;
import dev.muster.app.ServerFile;
import dev.muster.cli.shared.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells the operator's token of a home, or makes another where it is lost; through the files of the home alone. */
@Command(
        name = "token",
        description =
                "Print the operator's token of a home. Where its file is lost, or with --renew, another one is made while no"
                        + " server runs on the home, and the earlier one is revoked.",
        mixinStandardHelpOptions = true)
final class TokenFileCommand implements Callable<Integer> {

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "FOLDER",
            defaultValue = "muster-home",
            description = "The home; ${DEFAULT-VALUE} if left out.")
    private Path home = Path.of("muster-home");

    @Option(names = "--renew", description = "Make another one, also where the file is there.")
    private boolean renew;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var kept = renew ? Optional.<String>empty() : OperatorTokenFile.read(home);
        if (kept.isPresent()) {
            return tell(kept.get());
        }
        if (!Files.exists(home.resolve("log").resolve("CURRENT"))) {
            spec.commandLine().getErr().println("There is no log in " + home + ". Name its home with --home=FOLDER.");
            return 1;
        }
        var server = ServerFile.running(home);
        if (server.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("A server runs on " + home + ", process "
                            + server.get().pid() + ". Stop it, make the token, and start it again.");
            return 1;
        }
        try (var application = Application.silent(
                List.of("--muster.home=" + home, "--muster.supervision=false", "--logging.level.root=WARN"))) {
            return tell(application.getBean(OperatorToken.class).renew());
        }
    }

    private int tell(String token) {
        var out = spec.commandLine().getOut();
        out.println(token);
        out.flush();
        return 0;
    }
}
