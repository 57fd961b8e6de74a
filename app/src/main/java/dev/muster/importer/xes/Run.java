package dev.muster.importer.xes;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A file of what is in order already, read from its beginning to its end. It is deleted when it is closed. */
final class Run implements Iterator<Timed>, AutoCloseable {

    private static final int BUFFER_BYTES = 32_768;

    private final Path file;
    private final DataInputStream in;
    private @Nullable Timed next;

    private Run(Path file) throws IOException {
        this.file = file;
        this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        this.next = read();
    }

    static Run open(Path file) throws IOException {
        return new Run(file);
    }

    /** Writes what comes in order. */
    static void write(Path file, Iterator<Timed> ordered) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
            while (ordered.hasNext()) {
                var each = ordered.next();
                out.writeByte(1);
                out.writeLong(each.at().getEpochSecond());
                out.writeInt(each.at().getNano());
                out.writeLong(each.order());
                out.writeInt(each.content().length);
                out.write(each.content());
            }
            out.writeByte(0);
        }
    }

    private @Nullable Timed read() throws IOException {
        if (in.readByte() == 0) {
            return null;
        }
        var at = Instant.ofEpochSecond(in.readLong(), in.readInt());
        var order = in.readLong();
        var content = new byte[in.readInt()];
        in.readFully(content);
        return new Timed(at, order, content);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    /** What {@link #next} gives. */
    Timed peek() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    @Override
    public Timed next() {
        var current = peek();
        try {
            next = read();
        } catch (IOException e) {
            throw ExternalSort.failure(e);
        }
        return current;
    }

    @Override
    public void close() throws IOException {
        in.close();
        Files.deleteIfExists(file);
    }
}
