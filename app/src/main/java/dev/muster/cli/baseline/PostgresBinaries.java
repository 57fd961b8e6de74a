package dev.muster.cli.baseline;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** The binaries of PostgreSQL, which are in the benchmark's own jar alone. */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /**
     * Starts a server on that folder, which ends with this process.
     *
     * @return its URL
     */
    static String start(Path folder) {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("postgres"))
                    .setServerConfig("fsync", "on")
                    // These binaries are made for tests, and acknowledge a commit before it is synced unless they are
                    // told not to.
                    .setServerConfig("synchronous_commit", "on")
                    .setOutputRedirector(Redirect.INHERIT)
                    .setErrorRedirector(Redirect.INHERIT)
                    .start()
                    .getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL can't be started", e);
        }
    }
}
