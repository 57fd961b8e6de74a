package dev.muster.importer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of real histories ({@code -Dmuster.data}, or one beside the project); who asks where it is not is skipped. */
public final class RealHistories {

    private RealHistories() {}

    /** One of them, by its folder or file. */
    public static Path find(String name) {
        var known = System.getProperty("muster.data");
        var data = known != null ? Path.of(known) : above("shared/data");
        assumeTrue(data != null, "the folder of real histories is not here");
        assumeTrue(Files.exists(data.resolve(name)), name + " is not here");
        return data.resolve(name);
    }

    private static Path above(String name) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        return null;
    }
}
