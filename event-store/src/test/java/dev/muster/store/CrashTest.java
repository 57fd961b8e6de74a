package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One store, and many processes that append to it, each of which is killed: while it opens the store, or after some appends.
 * How many is said by the property {@code muster.crash.rounds}, where the moments begin by {@code muster.crash.seed}.
 */
@Tag("slow")
class CrashTest {

    private static final int ROUNDS = Integer.getInteger("muster.crash.rounds", 12);
    private static final long SEED = Long.getLong("muster.crash.seed", 1);

    @TempDir
    Path folder;

    @Test
    void what_was_acknowledged_is_there_and_nothing_is_there_in_part() throws Exception {
        var random = new Random(SEED);
        var acknowledged = new HashSet<String>();
        for (int round = 0; round < ROUNDS; round++) {
            var process = AppendingProcess.start(folder.resolve("store"), "run" + round, Map.of());
            await(process, random);
            acknowledged.addAll(process.kill());
            Appends.mustBeWhole(folder.resolve("store"), acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
    }

    /** Some while after it began, or some appends after. */
    static void await(AppendingProcess process, Random random) {
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(random.nextLong(1_000_000_000));
            return;
        }
        process.awaitAcknowledged(random.nextInt(1_500));
        LockSupport.parkNanos(random.nextInt(2_000_000));
    }

    /** What the events of {@link AppendingProcess} say. */
    static final class Appends {

        private Appends() {}

        static void mustBeWhole(Path store, Set<String> acknowledged) throws Exception {
            var found = new HashMap<String, Integer>();
            var wanted = new HashMap<String, Integer>();
            for (var event : LogCheck.events(store, AppendingProcess.SETTINGS)) {
                var says = new String(event.payload()).replace("\"", "").split(" ");
                found.merge(says[0], 1, Integer::sum);
                wanted.put(says[0], Integer.valueOf(says[1]));
            }
            assertThat(found).as("each append is there whole").isEqualTo(wanted);
            // Sets know what the others lack; to look for each among all would take the longest of a long run.
            var missing = new HashSet<>(acknowledged);
            missing.removeAll(found.keySet());
            assertThat(missing).as("what was acknowledged and is missing").isEmpty();
            try (var engine = RocksEventStorageEngine.builder(
                            store, EventStoreContract.SERIALIZER, EventStoreContract.SERIALIZER)
                    .settings(AppendingProcess.SETTINGS)
                    .build()) {
                assertThat(engine.head())
                        .isEqualTo(
                                found.values().stream().mapToInt(each -> each).sum());
            }
        }
    }
}
