package dev.muster.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.history.LogSource;
import dev.muster.view.ViewProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** A server of its own whose log is the beginning of another one's, and grows with it as far as is asked for. */
final class PrefixServer implements AutoCloseable {

    private final TestServer server;
    private final LogSource original;
    private long position = -1;

    PrefixServer(Path home, LogSource original) {
        this.server = TestServer.startEmpty(home, "--muster.supervision=false");
        this.original = original;
    }

    /** Has only the events up to that position, and has folded them. */
    HttpApi growTo(long wanted) throws InterruptedException {
        List<EventMessage<?>> missing = new ArrayList<>();
        try (var events = original.after(position < 0 ? null : new GlobalSequenceTrackingToken(position))) {
            events.limit(wanted - position).forEach(missing::add);
        }
        server.bean(EventStore.class).publish(missing);
        position = wanted;
        assertThat(server.bean(ViewProgress.class).awaitPosition(position, Duration.ofSeconds(60)))
                .isTrue();
        return server.api();
    }

    @Override
    public void close() {
        server.close();
    }
}
