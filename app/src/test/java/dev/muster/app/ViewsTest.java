package dev.muster.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.TestServer;
import dev.muster.store.RocksEventStorageEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views can be thrown away at any time; the log says what was in them. */
class ViewsTest {

    @TempDir
    Path home;

    @Test
    void deleted_views_are_folded_again() throws IOException {
        String before;
        try (var server = TestServer.start(home)) {
            work(server);
            before = server.api().get("/api/queries/find-tasks").body().toString();
        }
        delete(home.resolve("views"));
        try (var server = TestServer.start(home)) {
            server.api()
                    .await(
                            "/actuator/health",
                            health -> health.at("/components/views/details/lag").asLong(-1) == 0);
            assertThat(server.api().get("/api/queries/find-tasks").body().toString())
                    .isEqualTo(before);
        }
    }

    @Test
    void a_deleted_index_of_the_log_is_made_again_before_anything_is_asked() throws IOException {
        var question = "/api/events?type=TaskSubmitted";
        String before;
        try (var server = TestServer.start(home)) {
            work(server);
            server.api()
                    .await(
                            "/actuator/health",
                            health -> health.at("/components/views/details/lag").asLong(-1) == 0);
            before = server.api().get(question).body().toString();
        }
        assertThat(before).contains("TaskSubmitted");
        delete(home.resolve("index"));
        try (var server = TestServer.start(home)) {
            assertThat(server.api().get(question).body().toString()).isEqualTo(before);
        }
    }

    @Test
    void views_of_another_log_are_thrown_away() throws IOException {
        try (var server = TestServer.start(home)) {
            work(server);
        }
        delete(home.resolve("log"));
        try (var server = TestServer.start(home)) {
            assertThat(server.api()
                            .get("/api/queries/count-tasks")
                            .body()
                            .get("total")
                            .asLong())
                    .isZero();
            var seen = server.api()
                    .command("submit-task", "anonymous", Map.of("title", "Anew"))
                    .body()
                    .get("seen")
                    .asString();
            var counts = server.api().get("/api/queries/count-tasks?after=" + seen);
            assertThat(counts.body().get("total").asLong()).isEqualTo(1);
        }
    }

    @Test
    void who_has_written_reads_it_if_he_says_what_he_has_seen() {
        try (var server = TestServer.start(home)) {
            for (int i = 0; i < 100; i++) {
                var answer = server.api().command("submit-task", "anonymous", Map.of("taskId", "t" + i, "title", "x"));
                var task = server.api()
                        .get("/api/queries/get-task?taskId=t" + i + "&after="
                                + answer.body().get("seen").asString());
                assertThat(task.status()).as(task.body().toString()).isEqualTo(200);
            }
        }
    }

    @Test
    void nothing_is_kept_in_memory_alone() {
        try (var server = TestServer.start(home)) {
            assertThat(server.bean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
            assertThat(server.bean(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
            assertThat(server.bean(EventStorageEngine.class)).isInstanceOf(RocksEventStorageEngine.class);
        }
    }

    @Test
    void a_folder_that_another_process_has_is_refused() {
        try (var server = TestServer.start(home)) {
            assertThat(Assertions.catchThrowable(() -> TestServer.start(home)))
                    .hasStackTraceContaining(
                            "is open in process " + ProcessHandle.current().pid());
            assertThat(server.api().get("/actuator/health").status()).isEqualTo(200);
        }
    }

    private static void work(TestServer server) {
        var api = server.api();
        api.command("register-agent", "ada", Map.of());
        for (int i = 0; i < 20; i++) {
            api.command("submit-task", "anonymous", Map.of("taskId", "t" + i, "title", "Task " + i));
        }
        var claimed = api.command("claim-task", "ada", Map.of("taskId", "t3"));
        api.get("/api/queries/get-task?taskId=t3&after="
                + claimed.body().get("seen").asString());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
