package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ChildServer;
import dev.muster.HttpApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A replay goes on where it was after the server was killed in the middle of it. */
@Tag("slow")
class ReplayCrashTest {

    private static final String VIEWS = "/api/processors/views";
    private static final int TASKS = 3_000;
    private static final int MOST_KILLS = 10;

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
            var goesOnAfter = -1L;
            // What the database had not written yet is folded again, which may be all that one server has folded.
            for (int kill = 0; kill < MOST_KILLS && goesOnAfter <= TASKS / 10; kill++) {
                server.api()
                        .await(VIEWS, status -> status.at("/replay/position").asLong() >= TASKS / 2);
                server.kill();
                server = start(port);
                var again = server.api()
                        .await(VIEWS, ReplayCrashTest::hasBegun)
                        .body()
                        .at("/replay/id");
                assertThat(again.asString()).isEqualTo(replay);
                var found = lastBegin(replay);
                assertThat(found).as("what was in the file stays in it").isGreaterThanOrEqualTo(goesOnAfter);
                goesOnAfter = found;
            }
            assertThat(goesOnAfter).as("not begun anew").isGreaterThan(TASKS / 10);
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

    /** From then on the server has said where. */
    private static boolean hasBegun(JsonNode status) {
        return List.of("folding", "done").contains(status.at("/replay/state").asString());
    }

    /** The position after which that replay went on when its server began, which says so. */
    private long lastBegin(String replay) throws IOException {
        var said = Pattern.compile("The replay " + replay + " of \\S+ folds what follows position (-?\\d+)")
                .matcher(Files.readString(home.resolve("server.log")));
        var last = OptionalLong.empty();
        while (said.find()) {
            last = OptionalLong.of(Long.parseLong(said.group(1)));
        }
        return last.orElseThrow();
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
