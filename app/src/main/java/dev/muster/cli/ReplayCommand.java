package dev.muster.cli;

import dev.muster.app.ServerFile;
import dev.muster.cli.shared.Api;
import dev.muster.progress.ProgressBar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Has the running server fold its views again, and follows how far it is. */
@Command(
        name = "replay",
        description =
                "Fold the views again beside the live ones, which are asked all the while, and let them take their"
                        + " place. Needs the running server of the folder.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    private static final String PATH = "/api/processors/views";
    private static final Duration REST = Duration.ofMillis(300);

    @Option(
            names = {"--home", "--muster.home"},
            paramLabel = "FOLDER",
            defaultValue = "muster-home",
            description = "The folder of the server; ${DEFAULT-VALUE} if left out.")
    private Path home = Path.of("muster-home");

    @Option(names = "--view", paramLabel = "NAME", description = "Only this view and what is folded with it.")
    private @Nullable String view;

    @Option(
            names = "--from",
            paramLabel = "POSITION|TIME",
            description = "Begin with the views as they were at that position or time.")
    private @Nullable String from;

    @Option(
            names = "--verify",
            description = "Only compare with the live views: exit code 1 names the view, the key and the position of a"
                    + " difference.")
    private boolean verify;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        var api = server().map(server -> Api.of(server.url(), home));
        return api.isPresent() ? replay(api.get()) : 1;
    }

    private Optional<ServerFile.Server> server() {
        try {
            var server = ServerFile.read(home);
            if (server.runs()) {
                return Optional.of(server);
            }
            System.err.println("No server runs on " + home + ": server.json in it was left behind by process "
                    + server.pid() + ", which is gone. Start the server.");
        } catch (IOException e) {
            System.err.println("No server runs on " + home
                    + ", as far as server.json in it says. Start the server, or name its folder with --home=FOLDER.");
        }
        return Optional.empty();
    }

    private int replay(Api api) {
        var begun = api.post(PATH + "/reset", request());
        if (!begun.isOk()) {
            System.err.println(begun.body().path("detail").asString("The server refused: " + begun.body()));
            return 1;
        }
        return follow(api, begun.body().path("replay").path("id").asString(""));
    }

    private Map<String, Object> request() {
        var request = new HashMap<String, Object>();
        if (view != null) {
            request.put("view", view);
        }
        if (from != null) {
            request.put("from", isTime(from) ? from : number(from));
        }
        request.put("verify", verify);
        return request;
    }

    private static boolean isTime(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What is neither is left for the server to refuse. */
    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private int follow(Api api, String id) {
        var title = verify ? "Verifying" : "Replaying";
        @Nullable ProgressBar bar = null;
        var told = "";
        while (true) {
            var replay = api.get(PATH).body().path("replay");
            if (!replay.path("id").asString("").equals(id)) {
                System.err.println("The server does another replay by now, or was started anew. See GET " + PATH + ".");
                return 1;
            }
            var state = replay.path("state").asString("");
            var target = replay.path("target").asLong() + 1;
            if (bar == null || !state.equals("preparing") && !state.equals("folding")) {
                bar = new ProgressBar(System.err, title, target);
            }
            bar.show(Math.min(target, replay.path("position").asLong() + 1));
            var error = replay.path("error").asString("");
            if (!error.isEmpty() && !error.equals(told)) {
                told = error;
                System.err.println(error);
            }
            switch (state) {
                case "done":
                    return tell(replay.path("report"));
                case "failed", "cancelled":
                    System.err.println("The replay was " + state + ". The views are as they were before it.");
                    return 1;
                default:
                    LockSupport.parkNanos(REST.toNanos());
            }
        }
    }

    /** A difference is what a verification looks for, but may be what a replay was for. */
    private int tell(JsonNode report) {
        out.println(report.path("summary").asString(""));
        return verify && !report.path("same").asBoolean() ? 1 : 0;
    }
}
