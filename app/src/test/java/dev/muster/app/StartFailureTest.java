package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.TestServer;
import dev.muster.store.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who can't start Muster is told why, and what to do. */
class StartFailureTest {

    @TempDir
    Path home;

    @Test
    void of_a_folder_that_a_process_has_it_is_told_which() {
        var lock = FolderLock.take(home);
        try {
            var analysis = new StartFailure().analyze(catchThrowable(() -> TestServer.start(home)));
            assertThat(analysis.getDescription())
                    .contains(
                            home.toString(),
                            "process " + ProcessHandle.current().pid());
            assertThat(analysis.getAction()).contains("another folder");
        } finally {
            lock.close();
        }
    }

    @Test
    void of_views_that_are_damaged_it_is_told_that_they_may_be_deleted() throws IOException {
        Files.createDirectories(home.resolve("views"));
        Files.writeString(home.resolve("views/views.mv.db"), "not a database ".repeat(1_000));
        var analysis = new StartFailure().analyze(catchThrowable(() -> TestServer.start(home)));
        assertThat(analysis.getDescription()).contains("views");
        assertThat(analysis.getAction()).contains("delete the folder views");
    }

    @Test
    void what_has_another_cause_is_left_to_others() {
        assertThat(new StartFailure().analyze(new IllegalStateException("something else")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "muster.engine, oracle",
        "muster.task.lease, PT0S",
        "muster.task.lease, soon",
        "muster.command.idempotency-window, 0",
        "muster.query.max-streams, -1",
        "muster.http.max-body-bytes, 0",
        "muster.views.batch-size, 0"
    })
    void a_property_out_of_its_bounds_is_named(String property, String value) {
        assertThat(catchThrowable(() -> TestServer.start(home, "--" + property + "=" + value)))
                .hasStackTraceContaining(property);
        assertThat(home).isEmptyDirectory();
    }
}
