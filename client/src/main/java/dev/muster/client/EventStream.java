package dev.muster.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The log as it grows, by server-sent events: each event that fits once, in its order, whatever happens to the connection. It
 * reads a little ahead, and no further than it is asked. For one thread.
 */
public final class EventStream implements Closeable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int AHEAD = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final Connection connection;
    private final String path;
    private final BlockingQueue<Read> read = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader = new Thread(this::read, "muster-events");
    private @Nullable String lastId;
    private volatile boolean closed;
    private volatile @Nullable InputStream open;

    /** An event, or why there are none any more. */
    private record Read(@Nullable Event event, @Nullable RefusedException refusal) {}

    EventStream(Connection connection, String filter, long after) {
        this.connection = connection;
        this.path = "/api/events?after=" + after + (filter.isEmpty() ? "" : "&" + filter);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * The next event.
     *
     * @return nothing if there was none within that time
     * @throws RefusedException if the server refuses to tell any; it is over with then
     */
    public Optional<Event> next(Duration atMost) throws InterruptedException {
        var next = read.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null && next.refusal() != null) {
            closed = true;
            throw next.refusal();
        }
        return Optional.ofNullable(next).map(Read::event);
    }

    private void read() {
        var pause = FIRST_PAUSE;
        while (!closed) {
            var before = lastId;
            try (var stream = connection.stream(path, lastId)) {
                open = stream;
                read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8)));
            } catch (IOException e) {
                // The server is away, or it has ended the stream: it goes on behind the last event that was read.
            } catch (RefusedException e) {
                closed = true;
                hand(new Read(null, e));
            } catch (InterruptedException e) {
                return;
            }
            pause = lastId == before ? Connection.longer(pause) : FIRST_PAUSE;
            try {
                Connection.pause(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What one connection brings; see the HTML standard on event streams. */
    private void read(BufferedReader lines) throws IOException {
        var data = new StringBuilder();
        String id = null;
        for (var line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    hand(new Read(Event.of(JSON.readTree(data.toString())), null));
                    lastId = id == null ? lastId : id;
                }
                data.setLength(0);
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(value(line));
            } else if (line.startsWith("id:")) {
                id = value(line);
            }
        }
    }

    private static String value(String line) {
        var value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private void hand(Read next) {
        try {
            read.put(next);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        var stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // It is of no more use either way.
            }
        }
    }
}
