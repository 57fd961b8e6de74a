package dev.muster.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a database after a crash. A write-ahead log may end within a record, which was never acknowledged then; one that is
 * not what was written before its end is damage, and refused before anything is changed. A loss of power can leave the last
 * writes in pieces that look like damage: what was acknowledged tells the two apart.
 */
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Pattern DROPPED = Pattern.compile("(\\d+\\.log): dropping \\d+ bytes");

    private static final Pattern NUMBERED = Pattern.compile("log number: (\\d+)");

    private Recovery() {}

    static RocksDB open(
            DBOptions options, Path folder, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
            throws RocksDBException {
        mustHaveCurrent(folder);
        try {
            options.setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
            return RocksDB.open(options, folder.toString(), families, handles);
        } catch (RocksDBException e) {
            // The database may blame its list of files for a sorted file.
            var fault = e.getMessage()
                    + DamagedTable.find(folder)
                            .map(table -> ": " + table)
                            .orElseGet(() -> damagedLog(e.getMessage(), folder));
            handles.clear();
            options.setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery);
            if (!hasAllThatWasAcknowledged(options, folder, families)) {
                throw new RocksDBException(fault);
            }
            LOG.warn(
                    "The write-ahead log of {} ends in pieces of what was never acknowledged, which are left out: {}",
                    folder,
                    fault);
            return RocksDB.open(options, folder.toString(), families, handles);
        }
    }

    /** Reads, without changing anything, what comes before the damage. */
    private static boolean hasAllThatWasAcknowledged(
            DBOptions options, Path folder, List<ColumnFamilyDescriptor> families) {
        var acknowledged = AcknowledgedHead.read(folder);
        if (acknowledged < 0) {
            return false;
        }
        var handles = new ArrayList<ColumnFamilyHandle>();
        try (var db = RocksDB.openReadOnly(options, folder.toString(), families, handles);
                var events = db.newIterator(handles.get(RocksFolder.EVENTS))) {
            events.seekToLast();
            events.status();
            var head = events.isValid() ? Keys.position(events.key()) + 1 : 0;
            handles.forEach(AbstractNativeReference::close);
            return head >= acknowledged;
        } catch (RocksDBException e) {
            return false;
        }
    }

    /** The write-ahead log that was found to be damaged, which RocksDB says by its number, or only in its own report. */
    private static String damagedLog(String fault, Path folder) {
        var numbered = NUMBERED.matcher(fault);
        if (numbered.find()) {
            var log = folder.resolve("%06d.log".formatted(Long.parseLong(numbered.group(1))));
            return Files.exists(log)
                    ? " in " + log
                    : ": either " + log + " is gone, or " + manifest(folder) + " is cut off";
        }
        try {
            var dropped = DROPPED.matcher(Files.readString(folder.resolve("LOG")));
            return dropped.find() ? " in " + folder.resolve(dropped.group(1)) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The one that names the files of the database. */
    private static String manifest(Path folder) {
        try {
            return Files.readString(folder.resolve("CURRENT")).strip();
        } catch (IOException e) {
            return "the file that CURRENT names";
        }
    }

    /** RocksDB would begin a new store beside the files of the old one, or name another file. */
    private static void mustHaveCurrent(Path folder) {
        try (var manifests = Files.newDirectoryStream(folder, "MANIFEST-*")) {
            if (manifests.iterator().hasNext() && !Files.exists(folder.resolve("CURRENT"))) {
                throw new StoreUnavailableException(
                        "The store in " + folder + " can't be opened: its file CURRENT is missing.",
                        "Restore the folder from a backup.",
                        null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
