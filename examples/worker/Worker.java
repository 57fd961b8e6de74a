import dev.muster.client.MusterClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An agent that does what needs the capability "echo", one task after another. Arguments: URL TOKEN NAME. */
public class Worker {

    public static void main(String[] args) throws InterruptedException {
        var agent = MusterClient.at(args[0]).token(args[1]).build().agent(args[2]);
        agent.register(List.of("echo"), 1);
        while (true) {
            // Until this returns, the lease is kept alive in the background.
            agent.workOnNext(Duration.ofSeconds(20), task -> {
                var details = task.details();
                task.report(50, "reading " + details.path("title").asString(), null);
                // What is returned completes the task; what is thrown fails this attempt.
                return Map.of("echo", details.path("input"));
            });
        }
    }
}
