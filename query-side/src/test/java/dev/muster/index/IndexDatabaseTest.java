package dev.muster.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.CompactionStyle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class IndexDatabaseTest {

    private static final int ENTRIES = 60_000;

    /** So large that a score of buffers is filled, whose files are merged with what was there. */
    private static final int VALUE = 300;

    @TempDir
    Path folder;

    @Test
    void an_index_whose_files_were_merged_by_levels_is_opened_and_written_on() throws RocksDBException {
        RocksDB.loadLibrary();
        try (var byLevels = new Options()
                        .setCreateIfMissing(true)
                        .setCompactionStyle(CompactionStyle.LEVEL)
                        .setWriteBufferSize(256 << 10)
                        .setMaxBytesForLevelBase(512 << 10)
                        .setTargetFileSizeBase(128 << 10);
                var before = RocksDB.open(byLevels, folder.toString())) {
            for (int i = 0; i < ENTRIES; i++) {
                before.put(key(i), value(i));
            }
            before.compactRange();
            assertThat(before.getLiveFilesMetaData()).anyMatch(file -> file.level() > 1);
        }

        try (var database = IndexDatabase.open(folder)) {
            for (int from = ENTRIES; from < 4 * ENTRIES; from += 100) {
                try (var batch = new WriteBatch()) {
                    for (int i = from; i < from + 100; i++) {
                        batch.put(key(i), value(i));
                    }
                    database.write(batch);
                }
            }
        }

        try (var database = IndexDatabase.open(folder)) {
            var found = database.read((db, keys) -> {
                var count = 0;
                for (keys.seekToFirst(); keys.isValid(); keys.next()) {
                    count++;
                }
                for (int i = 0; i < 4 * ENTRIES; i += 7) {
                    assertThat(db.get(key(i))).isEqualTo(value(i));
                }
                return count;
            });
            assertThat(found).isEqualTo(4 * ENTRIES);
        }
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(12)
                .putLong(new Random(number).nextLong())
                .putInt(number)
                .array();
    }

    private static byte[] value(int number) {
        var value = new byte[VALUE];
        new Random(number).nextBytes(value);
        return value;
    }
}
