package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ChildServer;
import dev.muster.HttpApi;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A replay goes on where it was after the server was killed in the middle of it. */
@Tag("slow")
class ReplayCrashTest {

    private static final String VIEWS = "/api/processors/views";
    private static final int TASKS = 3_000;

    @TempDir
    Path home;

    /** One event a transaction, so that there is a middle. */
    private ChildServer start(int port) throws Exception {
        return ChildServer.start(home, port, "--muster.views.batch-size=1");
    }

    @Test
    void killed_in_the_middle_it_goes_on_and_the_views_are_as_they_were() throws Exception {
        var port = ChildServer.freePort();
        JsonNode before;
        String replay;
        var server = start(port);
        try {
            for (int i = 0; i < TASKS; i++) {
                server.api().command("submit-task", "anonymous", Map.of("taskId", "t" + i, "title", "Task " + i));
            }
            server.api().await(VIEWS, status -> status.get("lag").asLong() == 0);
            before = digest(server.api());
            replay = server.api()
                    .post(VIEWS + "/reset", "operator:kim", "{}")
                    .body()
                    .at("/replay/id")
                    .asString();
            while (server.api().get(VIEWS).body().at("/replay/position").asLong() < TASKS / 2) {
                LockSupport.parkNanos(5_000_000);
            }
            server.kill();
            server = start(port);
            var again = server.api().get(VIEWS).body().get("replay");
            assertThat(again.get("id").asString()).isEqualTo(replay);
            // What the database had not written yet is folded again: half a second's worth at most.
            assertThat(again.get("position").asLong()).as("not begun anew").isGreaterThan(TASKS / 10L);
            var count = server.api().get("/api/queries/count-tasks").body();
            assertThat(count.get("total").asLong()).isEqualTo(TASKS);
            awaitEnd(server.api());
            assertThat(digest(server.api())).isEqualTo(before);
            server.kill();
            server = start(port);
            assertThat(digest(server.api())).as("swapped for good").isEqualTo(before);
        } finally {
            server.close();
        }
    }

    private static void awaitEnd(HttpApi api) {
        while (true) {
            var replay = api.get(VIEWS).body().get("replay");
            var state = replay.get("state").asString();
            if (state.equals("done")) {
                assertThat(replay.at("/report/same").asBoolean())
                        .as(replay.toString())
                        .isTrue();
                return;
            }
            assertThat(state).as(replay.toString()).isIn("preparing", "folding");
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static JsonNode digest(HttpApi api) {
        return api.get("/api/queries/get-digest").body();
    }
}
