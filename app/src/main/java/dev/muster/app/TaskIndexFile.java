package dev.muster.app;

import dev.muster.history.LogMark;
import dev.muster.history.LogOrigin;
import dev.muster.task.TaskIndexCheckpoint;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checkpoint of the index of tasks, in a file that may be deleted at any time: a line that says which events it is a
 * fold of, and the lines of the index. A file that can't be read, or is one of another log, is as good as none.
 */
final class TaskIndexFile {

    private static final Logger LOG = LoggerFactory.getLogger(TaskIndexFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final LogOrigin log;

    TaskIndexFile(Path file, LogOrigin log) {
        this.file = file;
        this.log = log;
    }

    private record Header(int revision, LogMark mark) {}

    /** A checkpoint, and the position of the last event that is folded in it. */
    record Stored(long position, TaskIndexCheckpoint checkpoint) {}

    Optional<Stored> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            var header = JSON.readValue(in.readLine(), Header.class);
            if (header.revision() == TaskIndexCheckpoint.REVISION && log.has(header.mark())) {
                return Optional.of(new Stored(
                        header.mark().position(),
                        TaskIndexCheckpoint.of(in.lines().iterator())));
            }
            LOG.info("The index of tasks in {} is of another log or form; it is made again", file);
        } catch (IOException | UncheckedIOException | JacksonException | IllegalArgumentException e) {
            LOG.info("The index of tasks in {} can't be read ({}); it is made again", file, e.toString());
        }
        return Optional.empty();
    }

    void write(Stored stored) {
        var event = log.eventIdAt(stored.position());
        if (event.isEmpty()) {
            return;
        }
        var header =
                new Header(TaskIndexCheckpoint.REVISION, new LogMark(log.identity(), stored.position(), event.get()));
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            try (var out = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(unfinished)), StandardCharsets.UTF_8))) {
                out.write(JSON.writeValueAsString(header));
                out.newLine();
                for (var lines = stored.checkpoint().lines().iterator(); lines.hasNext(); ) {
                    out.write(lines.next());
                    out.newLine();
                }
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("The index of tasks can't be kept in {}; it will be made from the log at the next start", file, e);
        }
    }
}
