package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who follows the log is woken by appends, and does not look again and again whether there is one. */
class WokenReadersTest {

    private static final int EVENTS = 200;

    @TempDir
    Path folder;

    /** Nobody looks by himself: a reader that is not woken waits longer than this test may take. */
    @Test
    @Timeout(120)
    void a_reader_that_waits_is_woken_by_an_append() throws Exception {
        var engine = Logs.open(folder);
        var store = FollowedLogTest.store(engine);
        var readers = Executors.newSingleThreadExecutor();
        try (var events = store.openStream(null)) {
            for (int i = 0; i < EVENTS; i++) {
                var waits = readers.submit(() -> {
                    events.hasNextAvailable(1, TimeUnit.HOURS);
                    return events.nextAvailable().getPayload();
                });
                store.publish(EventStoreContract.event("a", i));
                assertThat(waits.get()).isEqualTo("a " + i);
            }
        } finally {
            readers.shutdownNow();
            engine.close();
        }
    }
}
