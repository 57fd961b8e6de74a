package dev.muster.app;

import dev.muster.history.LogMark;
import dev.muster.history.LogOrigin;
import dev.muster.task.TaskIndexCheckpoint;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checkpoint of the index of tasks, in a file that may be deleted at any time: which events it is a
 * fold of, the index, and a checksum of both. A file that can't be read, or is one of another log, is as good as none.
 */
final class TaskIndexFile {

    private static final Logger LOG = LoggerFactory.getLogger(TaskIndexFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Of the file, in bytes. */
    private static final int BUFFER = 1 << 16;

    /** What earlier versions kept, as lines, beside it. */
    private static final String EARLIER = "tasks.json.gz";

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
        try (var in = new DataInputStream(new ByteArrayInputStream(asWritten()))) {
            var header = JSON.readValue(in.readUTF(), Header.class);
            if (header.revision() == TaskIndexCheckpoint.REVISION && log.has(header.mark())) {
                return Optional.of(new Stored(header.mark().position(), TaskIndexCheckpoint.readFrom(in)));
            }
            LOG.info("The index of tasks in {} is of another log or form; it is made again", file);
        } catch (IOException | JacksonException e) {
            LOG.info("The index of tasks in {} can't be read ({}); it is made again", file, e.toString());
        }
        return Optional.empty();
    }

    /** Before anything in it is believed. */
    private byte[] asWritten() throws IOException {
        var bytes = Files.readAllBytes(file);
        var end = bytes.length - Long.BYTES;
        var sum = new CRC32C();
        sum.update(bytes, 0, Math.max(end, 0));
        if (end < 0 || ByteBuffer.wrap(bytes).getLong(end) != sum.getValue()) {
            throw new IOException("it is not what was written, by its checksum");
        }
        return bytes;
    }

    void write(Stored stored) {
        var event = log.eventIdAt(stored.position());
        if (event.isEmpty()) {
            return;
        }
        var header =
                new Header(TaskIndexCheckpoint.REVISION, new LogMark(log.identity(), stored.position(), event.get()));
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        var sum = new CRC32C();
        try {
            Files.createDirectories(file.getParent());
            try (var out = new DataOutputStream(new CheckedOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER), sum))) {
                out.writeUTF(JSON.writeValueAsString(header));
                stored.checkpoint().writeTo(out);
                out.writeLong(sum.getValue());
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(file.resolveSibling(EARLIER));
        } catch (IOException e) {
            LOG.warn("The index of tasks can't be kept in {}; it will be made from the log at the next start", file, e);
        }
    }
}
