package dev.muster.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, beside the database, how many events were acknowledged, so that a write-ahead log which was cut off is told from
 * one that a crash ended. It is written after each sync of the log and before anybody is answered, but not synced itself: after
 * the end of a process it says exactly what was acknowledged, after a loss of power at least what was some seconds before.
 * It never says more than the log had.
 */
final class AcknowledgedHead implements AutoCloseable {

    /** The file in the folder of the store: the number of events (8 bytes) and the CRC-32C of these (4 bytes). */
    static final String FILE = "acknowledged";

    private static final int LENGTH = Long.BYTES + Integer.BYTES;
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedHead.class);

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LENGTH);

    private AcknowledgedHead(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Goes on from a log that has so many events.
     *
     * @throws StoreUnavailableException if more were acknowledged
     */
    static AcknowledgedHead open(Path folder, long head) {
        var acknowledged = read(folder);
        if (acknowledged > head) {
            throw new StoreUnavailableException(
                    "The store in " + folder + " has lost events: " + acknowledged
                            + " were acknowledged, but it ends before" + " position " + head
                            + ". The end of its write-ahead log (the last .log file) is gone.",
                    "Restore the folder from a backup; to do without those events, delete the file "
                            + folder.resolve(FILE) + ".",
                    null);
        }
        try {
            var opened = new AcknowledgedHead(
                    FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            opened.write(head);
            opened.channel.force(true);
            try (var directory = FileChannel.open(folder)) {
                directory.force(true);
            }
            return opened;
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "The file " + folder.resolve(FILE) + " can't be written: " + e + ".",
                    "Use a folder that can be written to.",
                    e);
        }
    }

    /** How many events were acknowledged; -1 where that isn't known. */
    static long read(Path folder) {
        var file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                return -1;
            }
            var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            if (bytes.remaining() == LENGTH && bytes.getInt(Long.BYTES) == checksum(bytes.getLong(0))) {
                return bytes.getLong(0);
            }
            LOG.warn("The file {} is damaged, so it is not known how many events were acknowledged", file);
        } catch (IOException e) {
            LOG.warn("The file {} can't be read, so it is not known how many events were acknowledged", file, e);
        }
        return -1;
    }

    void write(long head) throws IOException {
        buffer.clear().putLong(head).putInt(checksum(head)).flip();
        channel.write(buffer, 0);
    }

    private static int checksum(long head) {
        var crc = new CRC32C();
        crc.update(Keys.position(head));
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try (channel) {
            channel.force(false);
        } catch (IOException e) {
            LOG.warn("The number of acknowledged events can't be synced", e);
        }
    }
}
