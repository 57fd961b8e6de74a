package dev.muster.cli;

import static dev.muster.cli.TaskRelay.must;

import dev.muster.cli.shared.Api;
import dev.muster.cli.shared.Application;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;

/**
 * Starts a server on a folder of its own, has it do what servers mostly do, and ends it in order: so the virtual machine has loaded what the
 * script {@code muster archive} has it put into the archive of classes. The second start finds what the first has left behind.
 */
@Command(name = RehearseCommand.NAME, hidden = true)
final class RehearseCommand implements Callable<Integer> {

    static final String NAME = "rehearse";

    /** The build waits for it, and can do without. */
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private static final int CLIENTS = 2;
    private static final int TASKS = 10;

    @Override
    public Integer call() throws IOException {
        endInTime();
        var home = Files.createTempDirectory("muster-rehearsal");
        try {
            onceWith(home, "first");
            onceWith(home, "second");
        } finally {
            FileSystemUtils.deleteRecursively(home);
        }
        return 0;
    }

    private static void endInTime() {
        new Timer("muster-rehearsal", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                System.err.println("The rehearsal took more than " + AT_MOST.toMinutes() + " minutes.");
                                Runtime.getRuntime().halt(1);
                            }
                        },
                        AT_MOST.toMillis());
    }

    private static void onceWith(Path home, String run) {
        var properties = List.of("--server.port=0", "--muster.home=" + home);
        try (var application = (ServletWebServerApplicationContext) Application.serving(properties)) {
            var url = "http://127.0.0.1:" + application.getWebServer().getPort();
            var api = Api.of(url, home);
            new TaskRelay(api, run, CLIENTS, TASKS).run();
            must(api.get("/api/queries/get-task?taskId=" + run + "-t0"));
            must(api.get("/api/queries/find-tasks"));
        }
    }
}
