package dev.muster.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file in a home that has the secret of its operator's token, and that its owner alone can read. */
public final class OperatorTokenFile {

    private static final String NAME = "operator-token";

    private OperatorTokenFile() {}

    public static Path in(Path home) {
        return home.resolve(NAME);
    }

    /** The secret; none if the file is not there. */
    public static Optional<String> read(Path home) {
        try {
            return Files.exists(in(home))
                    ? Optional.of(Files.readString(in(home)).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(in(home) + " can't be read; its owner can.", e);
        }
    }

    /** Gives a home that has the log of another one that one's secret too, if it is there. */
    public static void copy(Path from, Path to) {
        read(from).ifPresent(secret -> write(to, secret));
    }

    /** Written aside, in a file that is made readable by its owner alone before it has any content, and moved. */
    static void write(Path home, String secret) {
        var aside = home.resolve(NAME + ".new");
        try {
            Files.createDirectories(home);
            Files.deleteIfExists(aside);
            create(aside);
            Files.writeString(aside, secret + "\n", StandardCharsets.US_ASCII);
            Files.move(aside, in(home), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(in(home) + " can't be written", e);
        }
    }

    private static void create(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return;
        }
        Files.createFile(file);
        var made = file.toFile();
        if (!(made.setReadable(false, false) && made.setReadable(true, true))) {
            throw new IOException(file + " can't be kept from others here");
        }
    }
}
