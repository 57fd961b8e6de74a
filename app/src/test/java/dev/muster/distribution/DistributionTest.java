package dev.muster.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.ChildServer;
import dev.muster.HttpApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that the build makes beside the jar; left out where nothing was packaged before. */
@Tag("slow")
class DistributionTest {

    private static final Path DISTRIBUTION = Path.of("target/muster").toAbsolutePath();
    private static final Path SCRIPT = DISTRIBUTION.resolve("bin/muster");
    private static final String FROM_THE_ARCHIVE = "dev.muster.cli.Muster source: shared objects file";
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path folder;

    @BeforeEach
    void it_was_made() {
        assumeTrue(Files.isExecutable(SCRIPT), "Nothing was packaged");
    }

    @Test
    void a_server_is_the_process_of_the_script_from_wherever_it_is_called() throws Exception {
        var link = Files.createSymbolicLink(folder.resolve("muster"), SCRIPT);
        var port = ChildServer.freePort();

        var server = script().with("MUSTER_JAVA_OPTIONS", "-Djava.io.tmpdir=" + Files.createDirectory(temporary()))
                .start(link, "--server.port=" + port, "--muster.home=home");
        try {
            var api = HttpApi.of("http://127.0.0.1:" + port, folder.resolve("home"));
            ChildServer.awaitHealth(server, api);
            assertThat(api.command("register-agent", "ada", Map.of()).status()).isLessThan(300);
            assertThat(unpacked()).isEmpty();
            assertThat(server.info().command().orElseThrow()).endsWith("java");
            // By its handle, which leaves open what it says.
            server.toHandle().destroy();
            assertThat(server.waitFor()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Started Muster")
                    .doesNotContain("[warning]");
        } finally {
            server.destroyForcibly();
        }
    }

    private Path temporary() {
        return folder.resolve("temporary");
    }

    /** What RocksDB has unpacked of its jar, and leaves behind when it is killed; nothing, if its library is in the folder. */
    private List<Path> unpacked() throws IOException {
        if (Files.notExists(DISTRIBUTION.resolve("native"))) {
            return List.of();
        }
        try (var files = Files.list(temporary())) {
            return files.filter(file -> file.getFileName().toString().startsWith("librocksdbjni"))
                    .toList();
        }
    }

    @Test
    void classes_are_taken_from_the_archive_of_the_build() throws Exception {
        assumeTrue(Files.exists(DISTRIBUTION.resolve("muster.jsa")), "The build made no archive");

        assertThat(loading(SCRIPT)).contains(FROM_THE_ARCHIVE);
    }

    @Test
    void the_classes_of_a_start_are_listed_with_the_archive() throws Exception {
        assumeTrue(Files.exists(DISTRIBUTION.resolve("muster.jsa")), "The build made no archive");

        assertThat(Files.readAllLines(DISTRIBUTION.resolve("muster.classes")))
                .contains("dev.muster.app.MusterApplication", "org.springframework.boot.SpringApplication")
                .allMatch(name -> name.matches("[\\w.$]+"));
    }

    @Test
    void an_archive_of_other_jars_is_left_aside_and_nothing_said() throws Exception {
        var moved = folder.resolve("moved");
        try (var files = Files.walk(DISTRIBUTION)) {
            for (var file : files.toList()) {
                var to = moved.resolve(DISTRIBUTION.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    copy(file, to);
                }
            }
        }
        var script = moved.resolve("bin/muster");

        assertThat(script().run(script, "--version").lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("muster ");
        assertThat(loading(script)).contains("dev.muster.cli.Muster source: ").doesNotContain(FROM_THE_ARCHIVE);
    }

    /** They are large, so where the file system can they are only named twice; but Muster's own jar is one of another time. */
    private static void copy(Path file, Path to) throws IOException {
        if (file.endsWith("muster.jar")) {
            Files.copy(file, to);
            return;
        }
        try {
            Files.createLink(to, file);
        } catch (UnsupportedOperationException | IOException e) {
            // It can't, or not from there to here.
            Files.copy(file, to);
        }
    }

    private String loading(Path script) throws IOException, InterruptedException {
        return script().with("MUSTER_JAVA_OPTIONS", "-Xlog:class+load")
                .run(script, "--version")
                .text();
    }

    private Script script() {
        return new Script(SCRIPT, folder).with("JAVA_HOME", System.getProperty("java.home"));
    }
}
