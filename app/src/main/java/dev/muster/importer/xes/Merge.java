package dev.muster.importer.xes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Several runs as one, in order. Its files are deleted when it is closed. */
final class Merge implements Iterator<Timed>, AutoCloseable {

    private final PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing(Run::peek, Timed.BY_TIME));
    private final List<Run> all = new ArrayList<>();

    Merge(List<Path> files) throws IOException {
        for (var file : files) {
            var run = Run.open(file);
            all.add(run);
            if (run.hasNext()) {
                runs.add(run);
            }
        }
    }

    @Override
    public boolean hasNext() {
        return !runs.isEmpty();
    }

    @Override
    public Timed next() {
        var first = runs.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        var next = first.next();
        if (first.hasNext()) {
            runs.add(first);
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        for (var run : all) {
            run.close();
        }
    }
}
