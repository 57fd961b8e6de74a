package dev.muster.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.HttpApi;
import dev.muster.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home has one operator's token, and what is known of tokens is in its log alone. */
class OperatorTokenTest {

    @TempDir
    Path home;

    private static int count(HttpApi api, String type) {
        return api.get("/api/events?type=" + type).body().get("items").size();
    }

    @Test
    void it_is_made_once_and_good_after_a_restart_as_is_what_was_revoked_refused() throws IOException {
        String revoked;
        try (var server = TestServer.start(home)) {
            var api = server.api();
            revoked = api.command("issue-token", "", Map.of("tokenId", "x", "role", "auditor"))
                    .body()
                    .at("/result/token")
                    .asString();
            api.command("revoke-token", "", Map.of("tokenId", "x"));
        }
        try (var server = TestServer.start(home)) {
            assertThat(count(server.api(), "TokenIssued")).isEqualTo(2);
            assertThat(server.api().with(revoked).get("/api/catalog").status()).isEqualTo(401);
        }
        delete(home.resolve("views"));
        delete(home.resolve("index"));
        try (var server = TestServer.start(home)) {
            assertThat(server.api().get("/api/catalog").status()).isEqualTo(200);
            assertThat(server.api().with(revoked).get("/api/catalog").status()).isEqualTo(401);
        }
    }

    @Test
    void who_has_revoked_the_last_operators_token_has_another_at_the_next_start() throws IOException {
        String first;
        try (var server = TestServer.start(home)) {
            first = OperatorTokenFile.read(home).orElseThrow();
            var id = server.api()
                    .await(
                            "/api/queries/find-tokens",
                            tokens -> tokens.get("items").size() == 1)
                    .body()
                    .at("/items/0/tokenId")
                    .asString();
            assertThat(server.api()
                            .command("revoke-token", "", Map.of("tokenId", id))
                            .status())
                    .isEqualTo(200);
            assertThat(server.api().get("/api/catalog").status()).isEqualTo(401);
        }
        try (var server = TestServer.start(home)) {
            assertThat(OperatorTokenFile.read(home)).isPresent().isNotEqualTo(Optional.of(first));
            assertThat(server.api().get("/api/catalog").status()).isEqualTo(200);
        }
    }

    @Test
    void a_file_is_never_readable_by_others_also_where_one_was_left_behind() throws IOException {
        Files.writeString(home.resolve("operator-token.new"), "left behind, and readable by all");
        OperatorTokenFile.write(home, "muster_secret");
        assertThat(OperatorTokenFile.read(home)).contains("muster_secret");
        assertThat(Files.getPosixFilePermissions(OperatorTokenFile.in(home))).hasSize(2);
        assertThat(home.resolve("operator-token.new")).doesNotExist();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
