package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The relay in process makes what it counts. */
class InProcessRelayTest {

    @TempDir
    Path home;

    @Test
    void each_task_is_submitted_claimed_reported_and_completed_once() {
        assertThatAllWereMade(InProcessRelay.measure(home, 4, 4, 20));
    }

    @Test
    void and_by_axon_alone_as_well() {
        assertThatAllWereMade(InProcessRelay.measureBare(home, 4, 4, 20));
    }

    private static void assertThatAllWereMade(InProcessRelay.Result result) {
        assertThat(result.changes()).isEqualTo(4 * 20);
        assertThat(result.latencies().size()).isEqualTo(4 * 20);
    }
}
