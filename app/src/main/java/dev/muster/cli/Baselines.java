package dev.muster.cli;

import dev.muster.cli.baseline.AxonBaseline;
import dev.muster.cli.shared.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The task relay over HTTP on Axon's own JDBC engine, each commit synced: on H2, and on PostgreSQL where its binaries are in the jar. One
 * that can't be measured is left out, and named with the reason; it never counts as zero.
 */
final class Baselines {

    private final Path folder;
    private final int clients;
    private final int tasks;

    Baselines(Path folder, int clients, int tasks) {
        this.folder = folder;
        this.clients = clients;
        this.tasks = tasks;
    }

    /**
     * Measures what can be.
     *
     * @param rate changes a second of Muster's relay in the same run
     */
    void measure(double rate, Map<String, Object> figures) throws IOException {
        measure("h2", "H2", rate, figures);
        if (AxonBaseline.hasPostgres()) {
            measure("postgres", "Postgres", rate, figures);
        } else {
            figures.put(
                    "axonOnPostgresLeftOut",
                    "its binaries are not here, but in muster-bench: ./mvnw -Pbench -DskipTests package");
        }
    }

    private void measure(String database, String name, double rate, Map<String, Object> figures) throws IOException {
        var home = Files.createDirectories(folder.resolve("baseline-" + database));
        var command = List.of(AxonBaseline.NAME, "--database=" + database, "--home=" + home);
        try (var server = ServerProcess.other(command, home)) {
            var api = Api.anonymous(server.url());
            new TaskRelay(api, "warm", clients, tasks).run();
            var relay = new TaskRelay(api, "relay", clients, tasks).run();
            var axon = relay.changes() / relay.seconds();
            figures.put("axonOn" + name + "PerSecond", axon);
            figures.put("timesAxonOn" + name, rate / axon);
            figures.put("axonOn" + name + "CompletedOnce", relay.completedOnce());
            figures.put(
                    "axonOn" + name + "Durability",
                    api.get("/actuator/health").body().path("durability").asString());
        } catch (ServerProcess.NotStarted e) {
            figures.put("axonOn" + name + "LeftOut", e.getMessage());
        }
    }
}
