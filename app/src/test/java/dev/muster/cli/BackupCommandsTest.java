package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import dev.muster.access.OperatorTokenFile;
import dev.muster.store.RocksEventStorageEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The log of a home is verified, backed up and restored, and what was folded from another history is folded again. */
@ExtendWith(OutputCaptureExtension.class)
class BackupCommandsTest {

    @TempDir
    Path folder;

    private final StringWriter said = new StringWriter();

    private Path home() {
        return folder.resolve("home");
    }

    private Path backups() {
        return folder.resolve("backups");
    }

    private int muster(String... arguments) {
        said.getBuffer().setLength(0);
        return Muster.line()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(arguments);
    }

    private void submit(HttpApi api, String title) {
        var answer = api.command("submit-task", "anonymous", Map.of("title", title));
        api.get("/api/queries/count-tasks?wait=PT30S&after="
                + answer.body().get("seen").asString());
    }

    private static List<String> titles(HttpApi api) {
        return api.get("/api/queries/find-tasks").body().get("items").findValuesAsString("title").stream()
                .sorted()
                .toList();
    }

    @Test
    void an_older_backup_beside_newer_views_is_noticed_and_they_are_folded_again(CapturedOutput log) {
        try (var server = TestServer.start(home())) {
            submit(server.api(), "Kept");
            assertThat(muster("backup", backups().toString(), "--home=" + home()))
                    .as(said.toString())
                    .isZero();
            assertThat(said.toString()).contains("Backup 1 in", "2 events");
            submit(server.api(), "Lost");
        }
        assertThat(muster("verify", "--home=" + home())).as(said.toString()).isZero();
        assertThat(said.toString()).contains("3 events of 3 entities");

        assertThat(muster("restore", backups().toString(), "--home=" + home())).isEqualTo(1);
        assertThat(said.toString()).contains("There is a log in", "--force");
        assertThat(muster("restore", backups().toString(), "--force", "--home=" + home()))
                .as(said.toString())
                .isZero();
        assertThat(said.toString()).contains("Restored backup 1", "2 events", "is in " + home());

        try (var server = TestServer.start(home(), "--logging.level.dev.muster.app.ViewOrigin=INFO")) {
            var api = server.api();
            api.await(
                    "/actuator/health",
                    health -> health.at("/components/views/details/position").asLong() == 1);
            assertThat(titles(api)).containsExactly("Kept");
            assertThat(log.getOut())
                    .contains("thrown away and folded again: they stand at position 2, past the end of the log");
            submit(api, "New");
            assertThat(titles(api)).containsExactly("Kept", "New");
        }
    }

    @Test
    void a_backup_can_be_made_without_a_server_and_restored_into_another_home() {
        try (var server = TestServer.start(home())) {
            submit(server.api(), "One");
        }
        assertThat(muster("backup", backups().toString(), "--home=" + home(), "--keep=2"))
                .as(said.toString())
                .isZero();
        var other = folder.resolve("other");
        assertThat(muster("restore", backups().toString(), "--home=" + other))
                .as(said.toString())
                .isZero();
        try (var server = TestServer.start(other)) {
            // The log has its operator's token; the file of its secret stayed where it was.
            var api = server.api().with(OperatorTokenFile.read(home()).orElseThrow());
            api.await(
                    "/actuator/health",
                    health -> health.at("/components/views/details/position").asLong() == 1);
            assertThat(titles(api)).containsExactly("One");
            assertThat(muster("verify", "--home=" + other)).isEqualTo(1);
            assertThat(said.toString())
                    .contains("is open in process " + ProcessHandle.current().pid());
            assertThat(muster("restore", backups().toString(), "--force", "--home=" + other))
                    .isEqualTo(1);
            assertThat(said.toString()).contains("is open in process");
        }
        assertThat(muster("restore", backups().toString(), "--backup=9", "--home=" + folder.resolve("third")))
                .isEqualTo(1);
        assertThat(said.toString()).contains("There is no such backup");
        assertThat(muster("backup", backups().toString(), "--home=" + folder.resolve("nothing")))
                .isEqualTo(1);
        assertThat(said.toString()).contains("There is no log in");
        assertThat(muster("backup", backups().toString(), "--keep=0", "--home=" + home()))
                .isEqualTo(2);
    }

    @Test
    void only_operators_may_have_a_backup_made_and_only_into_a_folder_of_its_own() {
        try (var server = TestServer.start(home())) {
            var api = server.api();
            api.command("register-agent", "ada", Map.of());
            var wanted = "{\"to\": \"" + backups() + "\"}";
            assertThat(api.post("/api/backups", "ada", wanted).problem()).isEqualTo("role-missing");
            assertThat(api.post("/api/backups", "operator:kim", "{\"to\": \"backups\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(api.post("/api/backups", "operator:kim", "{}").status()).isEqualTo(400);
            assertThat(api.post("/api/backups", "operator:kim", "{\"to\": \"" + backups() + "\", \"keep\": 0}")
                            .status())
                    .isEqualTo(400);
            assertThat(api.post("/api/backups", "operator:kim", "{\"to\": \"" + home() + "\"}")
                            .problem())
                    .isEqualTo("backup-refused");
            assertThat(api.post("/api/backups", "operator:kim", wanted)
                            .body()
                            .get("events")
                            .asLong())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_flipped_byte_is_named_with_its_file_and_what_to_do() throws IOException {
        try (var server = TestServer.start(home())) {
            submit(server.api(), "One");
            server.bean(RocksEventStorageEngine.class).backup(backups(), 1);
        }
        Path damaged;
        try (var files = Files.list(home().resolve("log"))) {
            damaged = files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
        }
        var bytes = Files.readAllBytes(damaged);
        bytes[10] ^= 1;
        Files.write(damaged, bytes);
        assertThat(muster("verify", "--home=" + home())).isEqualTo(1);
        assertThat(said.toString()).contains(damaged.getFileName().toString(), "muster restore FROM --force");
        assertThat(muster("restore", backups().toString(), "--force", "--home=" + home()))
                .as(said.toString())
                .isZero();
        assertThat(muster("verify", "--home=" + home())).as(said.toString()).isZero();
    }
}
