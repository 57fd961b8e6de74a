package dev.muster.cli;

import dev.muster.cli.shared.Api;
import dev.muster.cli.shared.Application;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;
import tools.jackson.databind.JsonNode;

/** Starts the server and shows the main job: a task is submitted, claimed by one agent of two, completed, and explained. */
@Command(
        name = "tour",
        description = "Start the server and show what it is for, request by request; then keep serving.",
        mixinStandardHelpOptions = true)
final class TourCommand implements Callable<Integer> {

    @Option(names = "--exit", description = "Stop when the tour is over.")
    private boolean exit;

    @Unmatched
    private List<String> properties = new ArrayList<>();

    private String url = "";

    @Override
    public Integer call() throws Exception {
        var arguments = new ArrayList<>(List.of("--logging.level.root=WARN"));
        if (properties.stream().noneMatch(property -> property.startsWith("--muster.home="))) {
            arguments.add("--muster.home=" + Files.createTempDirectory("muster-tour"));
        }
        arguments.addAll(properties);
        var application = (ServletWebServerApplicationContext) Application.serving(arguments);
        url = "http://127.0.0.1:" + application.getWebServer().getPort();
        System.out.println("Muster serves at " + url + ".");
        show(new Api(url));
        if (exit) {
            application.close();
        } else {
            System.out.println();
            System.out.println("The server goes on at " + url + "; Ctrl-C stops it.");
        }
        return 0;
    }

    private void show(Api api) {
        say("Two agents join. One of them may hold one task at a time.");
        command(api, "register-agent", "ada", Map.of("displayName", "Ada", "capabilities", List.of("java")));
        command(api, "register-agent", "ben", Map.of("capabilities", List.of("java"), "maxConcurrentTasks", 1));

        say("A person puts two tasks on the board; the second waits for the first.");
        command(
                api,
                "submit-task",
                "operator:kim",
                Map.of("taskId", "build", "title", "Build the parser", "capabilities", List.of("java")));
        command(
                api,
                "submit-task",
                "operator:kim",
                Map.of("taskId", "release", "title", "Release it", "blockers", List.of(Map.of("taskId", "build"))));

        say("Both agents ask for the next task. One gets it; for the other nothing is ready.");
        var claimed = command(api, "claim-next-task", "ada", Map.of());
        command(api, "claim-next-task", "ben", Map.of());
        var token = claimed.get("result").get("fencingToken").asLong();

        say("The other one tries to take it by name, and is told who holds it.");
        command(api, "claim-task", "ben", Map.of("taskId", "build"));

        say("The holder reports, and completes with the token of its assignment.");
        command(
                api,
                "report-progress",
                "ada",
                Map.of(
                        "taskId",
                        "build",
                        "fencingToken",
                        token,
                        "percent",
                        60,
                        "note",
                        "grammar is done",
                        "usage",
                        new TreeMap<>(Map.of("inputTokens", 1200, "outputTokens", 300, "costMicros", 4100))));
        var completed = command(
                api,
                "complete-task",
                "ada",
                Map.of("taskId", "build", "fencingToken", token, "result", Map.of("commit", "4f1c2d")));

        say("The second task is ready now, since supervision has cleared its blocker.");
        awaitReady(api, "release", completed.get("seen").asString());
        query("/api/queries/find-tasks?ready=true", api);

        say("Who did what, and why: the history of the first task.");
        history(api, "task/build");
    }

    private static void say(String text) {
        System.out.println();
        System.out.println("# " + text);
    }

    private JsonNode command(Api api, String name, String actor, Map<String, ?> fields) {
        var body = Api.JSON.writeValueAsString(new TreeMap<>(fields));
        System.out.println("curl -X POST " + url + "/api/commands/" + name + " -H 'Muster-Actor: " + actor + "' -d '"
                + body + "'");
        var answer = api.command(name, actor, fields);
        System.out.println("  " + answer.status() + " " + answer.body());
        return answer.body();
    }

    private void query(String path, Api api) {
        System.out.println("curl '" + url + path + "'");
        System.out.println("  " + api.get(path).body());
    }

    private static void awaitReady(Api api, String task, String seen) {
        var until = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < until
                && !api.get("/api/queries/get-task?taskId=" + task + "&after=" + seen)
                        .body()
                        .path("ready")
                        .asBoolean(false)) {
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void history(Api api, String entity) {
        var path = "/api/queries/get-history?entity=" + entity;
        System.out.println("curl '" + url + path + "'");
        for (var event : api.get(path).body().get("items")) {
            System.out.printf(
                    "  %3d  %-16s by %-12s %s%n",
                    event.get("position").asLong(),
                    event.get("type").asString(),
                    event.get("actor").asString(),
                    event.get("data"));
        }
    }
}
