package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes append to a store until they are killed, and what they had not synced is lost then. How often is said by the property
 * {@code muster.crash.rounds}. Skipped where there is no C compiler.
 */
@Tag("slow")
class PowerLossTest {

    private static final int ROUNDS = Integer.getInteger("muster.crash.rounds", 5);
    private static final long SEED = Long.getLong("muster.crash.seed", 1);

    @TempDir
    static Path folder;

    private static Path library;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(PowerLoss.canBe(), "there is a C compiler");
        library = PowerLoss.compile(folder);
    }

    @Test
    void what_was_acknowledged_outlives_all_that_was_not_synced() throws Exception {
        var random = new Random(SEED);
        var acknowledged = new HashSet<String>();
        for (int round = 0; round < ROUNDS; round++) {
            var store = folder.resolve("store" + round);
            var left = folder.resolve("store" + (round + 1));
            var loss = PowerLoss.begin(library, store, folder.resolve("scratch" + round));
            var process = AppendingProcess.start(store.toRealPath(), "run" + round, loss.environment(""));
            CrashTest.await(process, random);
            acknowledged.addAll(process.kill());
            loss.leave(left, random);
            CrashTest.Appends.mustBeWhole(left, acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {".log", ".sst", "the-folder"})
    void a_disk_that_promises_a_sync_and_does_none_is_found_out(String of) throws Exception {
        var store = folder.resolve("lies" + of).resolve("the-folder");
        var left = store.resolveSibling("left");
        var loss = PowerLoss.begin(library, store, store.resolveSibling("scratch"));
        var process = AppendingProcess.start(store.toRealPath(), "run", loss.environment(of));
        process.awaitAcknowledged(1_500);
        var acknowledged = process.kill();
        loss.leave(left, new Random(SEED));
        assertThatThrownBy(() -> CrashTest.Appends.mustBeWhole(left, acknowledged))
                .isInstanceOfAny(AssertionError.class, StoreUnavailableException.class);
    }
}
