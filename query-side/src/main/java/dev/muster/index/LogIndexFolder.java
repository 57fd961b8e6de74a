package dev.muster.index;

import dev.muster.evolution.EventPart;
import dev.muster.history.LogOrigin;
import dev.muster.view.ViewChanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the index, which may be deleted at any time while nobody has it open. An index that is not of this log, or of
 * another form, or that can't be opened, is thrown away: then it is empty.
 */
public final class LogIndexFolder {

    private static final Logger LOG = LoggerFactory.getLogger(LogIndexFolder.class);

    private static final String LOG_IDENTITY = "log";
    private static final String FORM = "form";

    private final Path folder;
    private final LogOrigin log;
    private final String form;

    /** @param events says in which form events are read: in another one there may be others at the same positions */
    public LogIndexFolder(Path folder, LogOrigin log, String events) {
        this.folder = folder;
        this.log = log;
        this.form = Keys.FORM + " " + events;
    }

    /**
     * Opens the index for this process alone.
     *
     * @param reached the position of the last event that the views have folded and committed, asked for at each read
     * @param changes told of changes once they are committed
     */
    public RocksLogIndex open(LongSupplier reached, ViewChanges changes) {
        var index = openAsItIs(reached, changes);
        var reason = reasonToThrowAway(index);
        if (reason.isPresent()) {
            index.close();
            throwAway(reason.get());
            index = new RocksLogIndex(database(), reached, changes);
        }
        index.note(LOG_IDENTITY, log.identity().toString());
        index.note(FORM, form);
        return index;
    }

    private RocksLogIndex openAsItIs(LongSupplier reached, ViewChanges changes) {
        try {
            return new RocksLogIndex(database(), reached, changes);
        } catch (LogIndexException e) {
            throwAway(e.getMessage());
            return new RocksLogIndex(database(), reached, changes);
        }
    }

    private IndexDatabase database() {
        try {
            Files.createDirectories(folder);
            return IndexDatabase.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " of the index of the log can't be made", e);
        }
    }

    private Optional<String> reasonToThrowAway(RocksLogIndex index) {
        var position = index.position();
        if (position < 0) {
            return Optional.empty();
        }
        if (!index.note(LOG_IDENTITY).equals(Optional.of(log.identity().toString()))) {
            return Optional.of("it is of another log");
        }
        if (!index.note(FORM).equals(Optional.of(form))) {
            return Optional.of("its form has changed, or that of events");
        }
        if (position >= log.head()) {
            return Optional.of("it ends at position " + position + ", past the end of the log");
        }
        var event = index.at(position).map(row -> EventPart.parse(row.event()).event());
        if (!event.equals(log.eventIdAt(position).map(id -> EventPart.parse(id).event()))) {
            return Optional.of("the log has another event at position " + position);
        }
        return Optional.empty();
    }

    private void throwAway(String why) {
        LOG.info("The index of the log in {} is thrown away and made again: {}", folder, why);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The index of the log in " + folder + " can't be deleted", e);
        }
    }
}
