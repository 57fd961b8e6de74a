package dev.muster.importer.xes;

import dev.muster.importer.ImportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts more into an order of time than memory holds: what has reached the bound is sorted and written to a temporary file,
 * and the files are merged when they are read. It takes the bound in memory and 32 KiB for each of at most
 * {@value #MAX_RUNS} files of a level that are merged at a time; on disk the content and 25 bytes for each element, twice
 * while files are merged. The temporary files are where {@code java.io.tmpdir} says, and are deleted by {@link #close}.
 * For one thread.
 */
final class ExternalSort implements AutoCloseable {

    /** How many files of one size are merged into one of the next size. */
    static final int MAX_RUNS = 64;

    private final long maxBytes;
    private final List<Timed> inMemory = new ArrayList<>();
    private long bytes;

    /** The files by how often what is in them was merged. */
    private final List<List<Path>> levels = new ArrayList<>();

    private final Path folder;
    private int files;

    /** @param maxBytes how much is kept in memory, in bytes; at least one element is */
    ExternalSort(long maxBytes) {
        this.maxBytes = maxBytes;
        try {
            folder = Files.createTempDirectory("muster-import");
        } catch (IOException e) {
            throw failure(e);
        }
    }

    static ImportException failure(IOException e) {
        return new ImportException("The temporary files of the import can't be written or read: " + e
                + ". Make room, or name another folder with -Djava.io.tmpdir.");
    }

    void add(Timed element) {
        inMemory.add(element);
        bytes += element.bytes();
        if (bytes >= maxBytes) {
            spill();
        }
    }

    private void spill() {
        inMemory.sort(Timed.BY_TIME);
        try {
            keep(0, write(inMemory.iterator()));
        } catch (IOException e) {
            throw failure(e);
        }
        inMemory.clear();
        bytes = 0;
    }

    private Path write(Iterator<Timed> ordered) throws IOException {
        var file = folder.resolve("run-" + files++);
        Run.write(file, ordered);
        return file;
    }

    private void keep(int level, Path file) throws IOException {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        var runs = levels.get(level);
        runs.add(file);
        if (runs.size() == MAX_RUNS) {
            try (var merged = new Merge(runs)) {
                var larger = write(merged);
                runs.clear();
                keep(level + 1, larger);
            }
        }
    }

    /** How many temporary files there are. */
    int spilled() {
        return levels.stream().mapToInt(List::size).sum();
    }

    /** Hands over everything in order. It can be done once. */
    void drain(Consumer<Timed> reader) {
        if (levels.isEmpty()) {
            inMemory.sort(Timed.BY_TIME);
            inMemory.forEach(reader);
            inMemory.clear();
            return;
        }
        if (!inMemory.isEmpty()) {
            spill();
        }
        try (var merged = new Merge(levels.stream().flatMap(List::stream).toList())) {
            merged.forEachRemaining(reader);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> left = Files.list(folder)) {
            for (var file : left.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw failure(e);
        }
    }
}
