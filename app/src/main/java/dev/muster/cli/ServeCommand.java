package dev.muster.cli;

import dev.muster.cli.shared.Application;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs the server until it is stopped. */
@Command(
        name = "serve",
        description = "Run the server (the default). Takes every property as an option: --server.port=8080,"
                + " --muster.home=FOLDER, …",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {

    @Unmatched
    private List<String> properties = new ArrayList<>();

    @Override
    public void run() {
        Application.serving(properties);
    }
}
