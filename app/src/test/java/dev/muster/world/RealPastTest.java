package dev.muster.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.history.LogSource;
import dev.muster.importer.RealBoard;
import dev.muster.whatif.RealWhatIf;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past of a real board, and pasts that it never had. Skipped where the board is not there. */
@Tag("slow")
class RealPastTest {

    private static final long SEED = 20261125;

    @TempDir
    static Path homes;

    private static TestServer server;

    @BeforeAll
    static void importTheBoard() throws Exception {
        server = RealBoard.imported(homes.resolve("board"), "--muster.supervision=false");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void two_hundred_answers_are_those_of_servers_that_have_only_the_events_up_to_the_moment() throws Exception {
        var api = server.api();
        var log = server.bean(LogSource.class);
        var questions = new RandomQuestions(api, SEED);
        var random = new Random(SEED);
        var moments = new TreeSet<Long>();
        while (moments.size() < 200) {
            moments.add((long) random.nextInt((int) log.head()));
        }
        try (var then = new PrefixServer(homes.resolve("then"), log)) {
            for (var moment : moments) {
                compare(questions.next(), moment, then.growTo(moment), api);
            }
        }
    }

    private static void compare(String question, long moment, HttpApi past, HttpApi api) {
        var expected = past.get("/api/queries/" + question);
        var actual = api.get("/api/queries/" + question + "&position=" + moment);
        assertThat(actual.status()).as(question).isEqualTo(expected.status());
        assertThat(actual.body()).as("%s at %s", question, moment).isEqualTo(expected.body());
    }

    @Test
    void without_each_of_the_five_busiest_agents_the_board_is_what_an_independent_reckoning_finds() throws Exception {
        new RealWhatIf(server.api(), homes.resolve("board").resolve("log")).compareTheFiveBusiest();
    }
}
