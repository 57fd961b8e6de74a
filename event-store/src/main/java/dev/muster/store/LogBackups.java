package dev.muster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BackupEngine;
import org.rocksdb.BackupEngineOptions;
import org.rocksdb.BackupInfo;
import org.rocksdb.Env;
import org.rocksdb.RestoreOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A folder of backups of one log, best on another disk. Each further backup copies only the files that are not there yet, and
 * every file has a checksum, which is compared when it is restored. One process uses the folder at a time.
 */
public final class LogBackups implements AutoCloseable {

    private final Path folder;
    private final FolderLock lock;
    private final BackupEngineOptions options;
    private final BackupEngine backups;

    /**
     * A backup.
     *
     * @param number by which it is restored; later ones have higher numbers
     * @param log the identity of the log
     * @param events how many events the log had when the backup began; it may have some more
     * @param bytes of its files, those that it shares with other backups too
     */
    public record Backup(int number, UUID log, Instant time, long events, long bytes, int files) {

        static Backup of(BackupInfo info) {
            var said = info.appMetadata()
                    .lines()
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return new Backup(
                    info.backupId(),
                    UUID.fromString(said.get("log")),
                    Instant.ofEpochSecond(info.timestamp()),
                    Long.parseLong(said.get("events")),
                    info.size(),
                    info.numberFiles());
        }
    }

    private LogBackups(Path folder, FolderLock lock) throws RocksDBException {
        this.folder = folder;
        this.lock = lock;
        this.options = new BackupEngineOptions(folder.toString());
        try {
            this.backups = BackupEngine.open(Env.getDefault(), options);
        } catch (RocksDBException e) {
            options.close();
            throw e;
        }
    }

    /**
     * Opens a folder of backups to read what it has.
     *
     * @throws StoreUnavailableException if it is none, or another process uses it
     */
    public static LogBackups open(Path folder) {
        if (!Files.isDirectory(folder.resolve("meta"))) {
            throw new StoreUnavailableException(
                    "There are no backups in " + folder + ".", "Name the folder that muster backup wrote to.", null);
        }
        return openOrMake(folder);
    }

    /** Opens a folder of backups, which is made if it isn't there. */
    static LogBackups openOrMake(Path folder) {
        RocksDB.loadLibrary();
        var lock = FolderLock.take(folder);
        try {
            return new LogBackups(folder, lock);
        } catch (RocksDBException e) {
            lock.close();
            throw unusable(folder, e);
        }
    }

    private static StoreUnavailableException unusable(Path folder, @Nullable RocksDBException cause) {
        return new StoreUnavailableException(
                "The backups in " + folder + " can't be used: " + (cause == null ? "" : cause.getMessage()) + ".",
                "Use another folder, or look after its disk.",
                cause);
    }

    /** The backups that are there, the latest last. */
    public List<Backup> all() {
        return backups.getBackupInfo().stream()
                .map(Backup::of)
                .sorted(Comparator.comparingInt(Backup::number))
                .toList();
    }

    /** The backup with that number; the latest one if there is no number. */
    public Optional<Backup> find(@Nullable Integer number) {
        return all().stream()
                .filter(each -> number == null || each.number() == number)
                .reduce((one, later) -> later);
    }

    /** Makes one of an open log, which goes on being written. */
    Backup make(RocksDB db, UUID log, long events) {
        all().stream().filter(each -> !each.log().equals(log)).findAny().ifPresent(other -> {
            throw new StoreUnavailableException(
                    "The folder " + folder + " has backups of another log, " + other.log() + ".",
                    "Use a folder for each log.",
                    null);
        });
        var said = "log=" + log + "\nevents=" + events;
        try {
            // Flushed first, so that as little as possible is in the part of the write-ahead log that is copied along.
            backups.createNewBackupWithMetadata(db, said, true);
            return find(null).orElseThrow();
        } catch (RocksDBException e) {
            throw unusable(folder, e);
        }
    }

    /** Deletes all but the latest ones. */
    void keepLatest(int many) {
        try {
            backups.purgeOldBackups(many);
        } catch (RocksDBException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Copies a backup into a folder, which must be empty or not be there, comparing each file's checksum.
     *
     * @throws DamagedLogException if a file is not what was backed up
     */
    public void restore(Backup backup, Path into) {
        try (var keepNothing = new RestoreOptions(false)) {
            Files.createDirectories(into);
            backups.restoreDbFromBackup(backup.number(), into.toString(), into.toString(), keepNothing);
        } catch (RocksDBException e) {
            throw new DamagedLogException(
                    "The backup " + backup.number() + " in " + folder + " can't be restored: " + e.getMessage(),
                    "",
                    -1,
                    e);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "The folder " + into + " can't be made: " + e + ".", "Use a folder that can be written to.", e);
        }
    }

    @Override
    public void close() {
        backups.close();
        options.close();
        lock.close();
    }
}
