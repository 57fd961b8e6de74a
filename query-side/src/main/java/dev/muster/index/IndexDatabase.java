package dev.muster.index;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The database of the index. After a crash it has all that was written up to some moment and nothing that was written later: up to the
 * last write if the process was killed, and perhaps an earlier one after a power loss.
 *
 * <p>It holds at most {@link #CACHE_BYTES} of what was read and two buffers of {@link #BUFFER_BYTES} of what was written, outside of the heap.
 * Thread-safe; one thread writes.
 */
final class IndexDatabase implements AutoCloseable {

    static final long CACHE_BYTES = 4L << 20;
    static final long BUFFER_BYTES = 6L << 20;

    /** At which a buffer is written to a file. It is reached before RocksDB would do that by itself. */
    private static final long FULL = BUFFER_BYTES / 2;

    /** So many files are merged at the soonest. A read looks into each. */
    private static final int FILES_MERGED = 8;

    private final List<AbstractNativeReference> options = new ArrayList<>();
    private final WriteOptions writing;
    private final RocksDB db;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private boolean closed;

    /** Reads something, with an iterator that is closed afterwards. */
    interface Reading<T> {
        T from(RocksDB db, RocksIterator keys) throws RocksDBException;
    }

    private IndexDatabase(Path folder) throws RocksDBException {
        RocksDB.loadLibrary();
        writing = keep(new WriteOptions());
        try {
            db = RocksDB.open(options(), folder.toString());
        } catch (RocksDBException e) {
            release();
            throw e;
        }
    }

    /**
     * @throws LogIndexException if it can't be opened, since its files are damaged
     * @throws IllegalStateException if it is open already: then its files are somebody's
     */
    static IndexDatabase open(Path folder) {
        try {
            return new IndexDatabase(folder);
        } catch (RocksDBException e) {
            if (String.valueOf(e.getMessage()).contains("LOCK")) {
                throw new IllegalStateException("The index of the log in " + folder + " is open already.", e);
            }
            throw failed(e);
        }
    }

    private Options options() {
        return keep(new Options())
                .setCreateIfMissing(true)
                .setParanoidChecks(true)
                .setWriteBufferSize(BUFFER_BYTES)
                .setMaxWriteBufferNumber(2)
                .setAllowConcurrentMemtableWrite(false)
                // Most keys are hashes, so by levels a merge of a new file would write all of a level again.
                .setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setLevel0FileNumCompactionTrigger(FILES_MERGED)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setMaxOpenFiles(64)
                .setKeepLogFileNum(2)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockSize(8L << 10)
                        .setCacheIndexAndFilterBlocks(true)
                        .setBlockCache(keep(new LRUCache(CACHE_BYTES))));
    }

    private <T extends AbstractNativeReference> T keep(T option) {
        options.add(option);
        return option;
    }

    <T> T read(Reading<T> reading) {
        inUse.readLock().lock();
        try {
            checkOpen();
            try (var keys = db.newIterator()) {
                var read = reading.from(db, keys);
                keys.status();
                return read;
            }
        } catch (RocksDBException e) {
            throw failed(e);
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Writes all of it or nothing. */
    void write(WriteBatch batch) {
        inUse.readLock().lock();
        try {
            checkOpen();
            db.write(writing, batch);
            if (db.getLongProperty("rocksdb.cur-size-active-mem-table") > FULL) {
                beginAnotherBuffer();
            }
        } catch (RocksDBException e) {
            throw failed(e);
        } finally {
            inUse.readLock().unlock();
        }
    }

    /**
     * The write-ahead log of a buffer is synced before another one is begun. Otherwise a power loss could take the end of one and leave
     * the next one, and what lies between them would be missing.
     */
    private void beginAnotherBuffer() throws RocksDBException {
        db.flushWal(true);
        try (var soon = new FlushOptions().setWaitForFlush(false)) {
            db.flush(soon);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The index of the log is closed.");
        }
    }

    static LogIndexException failed(RocksDBException e) {
        return new LogIndexException(
                "The index of the log can't be read or written: " + e.getMessage()
                        + ". If it is damaged, stop the server and delete its folder; it is made again from the log.",
                e);
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                db.closeE();
                release();
            }
        } catch (RocksDBException e) {
            throw failed(e);
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private void release() {
        options.forEach(AbstractNativeReference::close);
    }
}
