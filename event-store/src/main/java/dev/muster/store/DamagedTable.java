package dev.muster.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Status;

/** Finds the sorted file that is damaged, where the database says that something is and not where, or blames its list of files. */
final class DamagedTable {

    private static final Pattern FILE = Pattern.compile("\\.sst|\\.log");

    private DamagedTable() {}

    /** What the database said, or the file and what is wrong with it; to find that, files are read until it is found. */
    static String told(RocksDBException fault, Path folder) {
        var message = String.valueOf(fault.getMessage());
        var status = fault.getStatus();
        var isDamage = status != null && status.getCode() == Status.Code.Corruption;
        return isDamage && !FILE.matcher(message).find() ? find(folder).orElse(message) : message;
    }

    /** The first that can't be read, and why. */
    static Optional<String> find(Path folder) {
        try (var options = new Options();
                var tables = Files.newDirectoryStream(folder, "*.sst")) {
            for (var table : tables) {
                try (var reader = new SstFileReader(options)) {
                    reader.open(table.toString());
                    reader.verifyChecksum();
                } catch (RocksDBException e) {
                    return Optional.of(table + " is damaged (" + e.getMessage() + ")");
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
