package dev.muster.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database of a folder, with its column families, opened for this process alone. */
final class RocksFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RocksFolder.class);
    private static final byte[] FORMAT_KEY = ascii("format");
    private static final byte[] IDENTITY_KEY = ascii("identity");

    /** Without the index by time. */
    private static final int FORMAT_WITHOUT_TIMES = 1;

    /** Since 3 records are of format 2; those of format 1 stay as they are beside them. */
    private static final int FORMAT = 3;

    /** Which one of the column families has the events. */
    static final int EVENTS = 1;

    /** Some 30 events: more make the log smaller, and a read of one event slower. */
    private static final long BLOCK_BYTES = 16L << 10;

    /** Files of written buffers are merged from so many on: each merge of the index by aggregate writes most of it again. */
    private static final int FILES_MERGED = 8;

    /** Absolute. */
    final Path path;

    private final FolderLock lock;

    private final List<AbstractNativeReference> options = new ArrayList<>();
    final RocksDB db;
    final ColumnFamilyHandle meta;
    final ColumnFamilyHandle events;
    final ColumnFamilyHandle index;
    final ColumnFamilyHandle heads;
    final ColumnFamilyHandle snapshots;
    final TimeIndex timeIndex;
    final ColumnFamilyHandle times;
    final UUID identity;

    RocksFolder(Path folder, RocksSettings settings) {
        RocksDB.loadLibrary();
        path = folder.toAbsolutePath().normalize();
        lock = FolderLock.take(folder);
        try {
            var blocks = blocks(settings);
            var family = keep(family(settings, blocks, CompressionType.ZSTD_COMPRESSION));
            // Half as large again as with ZSTD, but whoever folds the log unpacks all of it, and took a quarter of its
            // reading for that.
            var events = keep(family(settings, blocks, CompressionType.LZ4_COMPRESSION));
            var handles = new ArrayList<ColumnFamilyHandle>();
            db = Recovery.open(
                    keep(database(settings)),
                    folder,
                    List.of(
                            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
                            new ColumnFamilyDescriptor(ascii("events"), events),
                            new ColumnFamilyDescriptor(ascii("index"), family),
                            new ColumnFamilyDescriptor(ascii("heads"), family),
                            new ColumnFamilyDescriptor(ascii("snapshots"), family),
                            new ColumnFamilyDescriptor(ascii("times"), family)),
                    handles);
            meta = handles.get(0);
            this.events = handles.get(EVENTS);
            index = handles.get(2);
            heads = handles.get(3);
            snapshots = handles.get(4);
            times = handles.get(5);
            timeIndex = new TimeIndex(db, times);
            bringToFormat(folder);
            identity = readIdentity();
        } catch (RocksDBException e) {
            release();
            throw new StoreUnavailableException(
                    "The store in " + folder + " can't be opened: " + DamagedTable.told(e, folder) + ".",
                    "If its files are damaged, restore the folder from a copy.",
                    e);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    private <T extends AbstractNativeReference> T keep(T option) {
        options.add(option);
        return option;
    }

    /**
     * What holds for whoever opens the database, also to read only: closed write-ahead logs are remembered with their lengths, so
     * that one that is gone or cut off is told. There is no setter for it. Without it, RocksDB forgets them, and to do so while it
     * opens for reading only ends the process.
     */
    static DBOptions options() {
        var walsInManifest = new Properties();
        walsInManifest.setProperty("track_and_verify_wals_in_manifest", "true");
        return DBOptions.getDBOptionsFromProps(walsInManifest).setParanoidChecks(true);
    }

    private static DBOptions database(RocksSettings settings) {
        return options()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // All families or none, so that a damaged list of files never has the events and lacks their index.
                .setAtomicFlush(true)
                // What an opening after a kill has to read again: 0.5 s for each 100 MB.
                .setMaxTotalWalSize(4 * settings.writeBufferBytes())
                .setMaxOpenFiles(512)
                .setKeepLogFileNum(3);
    }

    /** One cache for all families. */
    private BlockBasedTableConfig blocks(RocksSettings settings) {
        return new BlockBasedTableConfig()
                .setBlockSize(BLOCK_BYTES)
                .setBlockCache(keep(new LRUCache(settings.blockCacheBytes())))
                .setFilterPolicy(keep(new BloomFilter(10)));
    }

    /** @param last how the last level is compressed, where nearly all of a log lies in the end */
    private static ColumnFamilyOptions family(
            RocksSettings settings, BlockBasedTableConfig blocks, CompressionType last) {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(settings.writeBufferBytes())
                .setMaxWriteBufferNumber(3)
                .setLevel0FileNumCompactionTrigger(FILES_MERGED)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(last)
                .setTableFormatConfig(blocks);
    }

    /** Refuses a store of a later version, and gives one of an earlier version what it lacks. */
    private void bringToFormat(Path folder) throws RocksDBException {
        var stored = db.get(meta, FORMAT_KEY);
        var format = stored == null ? FORMAT : Integer.parseInt(new String(stored, StandardCharsets.US_ASCII));
        if (format > FORMAT) {
            throw new StoreUnavailableException(
                    "The store in " + folder + " has format " + format + ", but this version knows " + FORMAT
                            + " at most.",
                    "Use the version that wrote it, or a later one.",
                    null);
        }
        if (format == FORMAT_WITHOUT_TIMES) {
            LOG.info("The store in {} has no index by time: it is made once", folder);
            timeIndex.make(events);
            LOG.info("The store in {} has its index by time", folder);
        }
        if (stored == null || format < FORMAT) {
            if (stored != null) {
                LOG.info("The store in {} is brought from format {} to {}", folder, format, FORMAT);
            }
            // Synced, and with it all that was written before: the format never promises what isn't there.
            try (var synced = new WriteOptions().setSync(true)) {
                db.put(meta, synced, FORMAT_KEY, ascii(Integer.toString(FORMAT)));
            }
        }
    }

    private UUID readIdentity() throws RocksDBException {
        var stored = db.get(meta, IDENTITY_KEY);
        if (stored != null) {
            return UUID.fromString(new String(stored, StandardCharsets.US_ASCII));
        }
        var made = UUID.randomUUID();
        db.put(meta, IDENTITY_KEY, ascii(made.toString()));
        return made;
    }

    /** Down to the last level, also what lies there already. */
    void compact() throws RocksDBException {
        try (var flush = new FlushOptions().setWaitForFlush(true);
                var all = new CompactRangeOptions()
                        .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            var families = List.of(meta, events, index, heads, snapshots, times);
            db.flush(flush, families);
            for (var family : families) {
                db.compactRange(family, null, null, all);
            }
        }
    }

    @Override
    public void close() {
        List.of(meta, events, index, heads, snapshots, times).forEach(AbstractNativeReference::close);
        try {
            db.closeE();
        } catch (RocksDBException e) {
            throw new IllegalStateException("The store can't be closed: " + e.getMessage(), e);
        } finally {
            release();
        }
    }

    private void release() {
        options.forEach(AbstractNativeReference::close);
        lock.close();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
