package dev.muster.importer;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The record of a board: its rows and its dependencies, each in the order of time. */
public final class BoardRecord implements Recording {

    private final List<BoardRow> rows;
    private final List<Dependency> dependencies;

    private BoardRecord(List<BoardRow> rows, List<Dependency> dependencies) {
        this.rows = rows;
        this.dependencies = dependencies;
    }

    /**
     * Reads a record of beads.
     *
     * @param behindUtc how far the local time of the events is behind UTC
     * @throws ImportException if a file can't be read, a line is not one of this format, or a row lies in the future
     */
    public static BoardRecord read(List<Path> events, @Nullable Path dependencies, Duration behindUtc, Clock clock) {
        var reader = new BeadsReader(behindUtc);
        var rows = reader.events(events);
        var edges = dependencies == null ? List.<Dependency>of() : reader.dependencies(dependencies);
        refuseTheFuture(rows, clock.instant());
        return new BoardRecord(rows, edges);
    }

    private static void refuseTheFuture(List<BoardRow> rows, Instant now) {
        var future = rows.stream().filter(row -> row.at().isAfter(now)).toList();
        if (!future.isEmpty()) {
            throw new ImportException(future.size() + " rows lie in the future, the first at "
                    + future.get(0).at() + " (" + future.get(0).source()
                    + "). Correct the file or the time offset. Nothing was imported.");
        }
    }

    @Override
    public long size() {
        return rows.size();
    }

    @Override
    public ImportReport replay(CommandSink sink, LongConsumer progress) {
        return new BoardImport(this, sink).run(progress);
    }

    @Override
    public void close() {
        // It is all in memory.
    }

    List<BoardRow> rows() {
        return rows;
    }

    List<Dependency> dependencies() {
        return dependencies;
    }
}
