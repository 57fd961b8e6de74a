package dev.muster.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.history.LogSource;
import dev.muster.view.ViewProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.axonframework.commandhandling.CommandBus;

/** The history of a real board, where it is there; whoever asks for it is skipped where it is not. */
public final class RealBoard {

    private RealBoard() {}

    /** A server into which the whole board was imported, and whose views have folded it. */
    public static TestServer imported(Path home, String... properties) throws IOException, InterruptedException {
        var data = RealHistories.find("board-gastown");
        var server = TestServer.startEmpty(home, properties);
        var board = BoardRecord.read(
                List.of(data.resolve("events.jsonl.gz")),
                data.resolve("deps.jsonl.gz"),
                Duration.ofHours(8),
                Clock.systemUTC());
        new BoardImport(board, new BusSink(server.bean(CommandBus.class))).run(done -> {});
        var last = server.bean(LogSource.class).head() - 1;
        assertThat(server.bean(ViewProgress.class).awaitPosition(last, Duration.ofMinutes(5)))
                .isTrue();
        return server;
    }
}
