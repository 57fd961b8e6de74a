package dev.muster.backup;

import dev.muster.store.FolderLock;
import dev.muster.store.LogBackups;
import dev.muster.store.LogVerification;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup in the place of a home's log. It is copied beside it and verified there; only then the log that is there, if
 * any, is moved aside, never deleted. Whatever was derived from it is found out at the next start and made again.
 */
public final class Restoration {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path log;
    private final Path restoring;

    /**
     * What came of it.
     *
     * @param aside where the log is now that was there
     */
    public record Restored(LogBackups.Backup backup, LogVerification.Verified verified, Optional<Path> aside) {}

    /** Shows how far the verification is. */
    public interface Progress {
        void show(long done, long all);
    }

    public Restoration(Path home) {
        this.log = home.toAbsolutePath().normalize().resolve("log");
        this.restoring = log.resolveSibling("log.restoring");
    }

    /**
     * Restores the backup with that number, or the latest one.
     *
     * @param replace whether a log that is there is moved aside
     * @throws RestoreException if there is no such backup, or a log that is not to be replaced
     * @throws dev.muster.store.DamagedLogException if what was restored is not right; the home is as it was then
     * @throws dev.muster.store.StoreUnavailableException if another process has the home's log or the backups
     */
    public Restored restore(Path from, @Nullable Integer number, boolean replace, Progress progress) {
        try (var lock = FolderLock.take(log);
                var backups = LogBackups.open(from)) {
            var there = Files.exists(log.resolve("CURRENT"));
            if (there && !replace) {
                throw new RestoreException("There is a log in " + log
                        + " already. Restore into another home, or move it aside with --force; it is not deleted.");
            }
            var backup = backups.find(number)
                    .orElseThrow(() -> new RestoreException("There is no such backup in " + from + ", but "
                            + backups.all().stream()
                                    .map(each -> each.number() + " of " + each.time())
                                    .toList()
                            + "."));
            delete(restoring);
            backups.restore(backup, restoring);
            var verified = verify(progress);
            var aside = there ? Optional.of(freeName()) : Optional.<Path>empty();
            if (aside.isPresent()) {
                Files.move(log, aside.get());
            } else {
                delete(log);
            }
            Files.move(restoring, log);
            return new Restored(backup, verified, aside);
        } catch (IOException e) {
            throw new RestoreException("The log can't be restored into " + log + ": " + e, e);
        }
    }

    private LogVerification.Verified verify(Progress progress) {
        try (var restored = LogVerification.open(restoring)) {
            return restored.run(done -> progress.show(done, restored.events()));
        }
    }

    private Path freeName() throws FileSystemException {
        var free = log.resolveSibling("log.before-" + NAME.format(Instant.now()));
        if (Files.exists(free)) {
            throw new FileSystemException(free.toString(), null, "is there already");
        }
        return free;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
