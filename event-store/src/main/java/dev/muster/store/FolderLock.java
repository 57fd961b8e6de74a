package dev.muster.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Holds a folder for this process. The process is named in a file beside the lock, which tells another one who has it; the
 * lock itself ends with the process, however that ends.
 */
public final class FolderLock implements AutoCloseable {

    /** The file in the folder that is locked, and names the process. */
    public static final String FILE = "process.lock";

    private final FileChannel channel;
    private final FileLock lock;

    private FolderLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock of a folder, which is made if it isn't there.
     *
     * @throws StoreUnavailableException if it is taken; the message names the process
     */
    public static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "The folder " + folder + " can't be made: " + e + ".", "Use a folder that can be written to.", e);
        }
        var file = folder.resolve(FILE);
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                var holder = read(channel);
                channel.close();
                throw new StoreUnavailableException(
                        "The folder " + folder + " is open in process " + holder + ".",
                        "Stop that process, or use another folder.",
                        null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            return new FolderLock(channel, lock);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "The folder " + folder + " can't be locked: " + e.getMessage() + ".",
                    "Use a folder that can be written to.",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            // Far beyond the text, so that it can be read where locks of regions are mandatory.
            return channel.tryLock(1L << 20, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        var pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
        return pid.isEmpty() ? "(unknown)" : pid;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of a folder can't be released", e);
        }
    }
}
