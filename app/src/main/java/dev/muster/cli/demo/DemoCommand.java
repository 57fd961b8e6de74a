package dev.muster.cli.demo;

import dev.muster.access.OperatorTokenFile;
import dev.muster.app.MusterProperties;
import dev.muster.cli.shared.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import tools.jackson.databind.JsonNode;

/** Starts the server, lets eight simulated agents work on two missions over HTTP, and proves what came of it. */
@Command(
        name = "demo",
        description = "Start the server and watch eight simulated agents work on two missions; then keep serving."
                + " Takes every property as an option, as serve does.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    private static final String LEASE = "--muster.task.lease=";
    private static final String HOME = "--muster.home=";

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides who acts when, and what it costs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--exit", description = "Stop when it is over, with 1 if a line of the summary does not hold.")
    private boolean exit;

    @Option(
            names = "--pace",
            paramLabel = "DURATION",
            defaultValue = "PT0.08S",
            description = "How long a line is left to be read before the next (default: ${DEFAULT-VALUE}).")
    private Duration pace = Duration.ZERO;

    @Unmatched
    private List<String> properties = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private List<Act> acts = List.of();

    @Override
    public Integer call() throws Exception {
        var application = (ServletWebServerApplicationContext) Application.serving(arguments());
        var url = "http://127.0.0.1:" + application.getWebServer().getPort();
        var holds = false;
        try {
            holds = show(url, application.getBean(MusterProperties.class).home());
        } catch (Session.Derailed e) {
            spec.commandLine().getErr().println(e.getMessage());
            application.close();
            return 1;
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
        if (exit) {
            application.close();
            return holds ? 0 : 1;
        }
        return 0;
    }

    private List<String> arguments() throws Exception {
        var arguments = new ArrayList<>(List.of("--logging.level.root=WARN"));
        if (isMissing(HOME)) {
            arguments.add(HOME + Files.createTempDirectory("muster-demo"));
        }
        if (isMissing(LEASE)) {
            // So that the silence of an agent is noticed while one watches.
            arguments.add(LEASE + "PT3S");
        }
        arguments.addAll(properties);
        return arguments;
    }

    private boolean isMissing(String property) {
        return properties.stream().noneMatch(given -> given.startsWith(property));
    }

    private boolean show(String url, Path home) {
        var narrator = new Narrator(spec.commandLine().getOut(), pace);
        var session = new Session(url, home, narrator, seed);
        if (!isNew(session.get("/api/events?limit=500").path("items"))) {
            throw new Session.Derailed(
                    "The demonstration begins with an empty log. Give it a new folder: --muster.home=FOLDER");
        }
        narrator.say("Muster serves at " + url + "; the seed is " + seed + ".");
        var story = new Story(session, narrator, seed);
        try {
            story.tell();
        } finally {
            acts = session.acts();
        }
        narrator.chapter("What came of it, and the query that proves it");
        narrator.say("   TOKEN=$(cat " + OperatorTokenFile.in(home) + ")");
        var holds = new Summary(session, narrator, url, story).prove();
        narrator.say("");
        narrator.say(acts.size() + " requests by 9 clients, the same ones with every run of seed " + seed + ": digest "
                + Act.digest(acts) + ".");
        if (!exit) {
            narrator.say("The server goes on at " + url + "; Ctrl-C stops it.");
        }
        return holds;
    }

    /** The operator's token is in every log. */
    private static boolean isNew(JsonNode events) {
        return events.valueStream()
                .allMatch(event -> event.path("type").asString("").equals("TokenIssued"));
    }

    /** What was sent in the last run, in that order. */
    List<Act> acts() {
        return acts;
    }
}
