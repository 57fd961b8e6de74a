package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a log that goes on being written, and what is restored from them. */
class LogBackupsTest {

    private static final int WRITERS = 8;

    @TempDir
    Path folder;

    private Path log() {
        return folder.resolve("log");
    }

    private Path backups() {
        return folder.resolve("backups");
    }

    private static List<StoredEvent> events(Path log) {
        try (var check = LogVerification.open(log)) {
            check.run(read -> {});
        }
        try (var engine = Logs.open(log);
                var events = engine.stored(0)) {
            return events.toList();
        }
    }

    private List<StoredEvent> restored(int number) {
        var into = folder.resolve("restored-" + number);
        try (var backups = LogBackups.open(backups())) {
            backups.restore(backups.find(number).orElseThrow(), into);
        }
        return events(into);
    }

    @Test
    void a_backup_made_under_load_is_a_beginning_of_the_log_with_all_that_was_acknowledged_before() throws Exception {
        var writers = Executors.newFixedThreadPool(WRITERS);
        var ended = new AtomicBoolean();
        var made = new ArrayList<LogBackups.Backup>();
        try (var engine = Logs.open(log())) {
            for (int writer = 0; writer < WRITERS; writer++) {
                var name = "w" + writer;
                writers.execute(() -> {
                    for (int i = 0; !ended.get(); i++) {
                        engine.appendEvents(event(name + "-one", i), event(name + "-other", i));
                    }
                });
            }
            for (int i = 1; i <= 4; i++) {
                while (engine.head() < 500L * i) {
                    Thread.onSpinWait();
                }
                made.add(engine.backup(backups(), 10));
            }
            ended.set(true);
            writers.shutdown();
            while (!writers.isTerminated()) {
                Thread.onSpinWait();
            }
        } finally {
            ended.set(true);
            writers.shutdownNow();
        }
        var all = events(log());
        assertThat(made).extracting(LogBackups.Backup::number).containsExactly(1, 2, 3, 4);
        for (var backup : made) {
            var restored = restored(backup.number());
            assertThat(restored).hasSizeGreaterThanOrEqualTo((int) backup.events());
            assertThat(restored).isEqualTo(all.subList(0, restored.size()));
            assertThat(restored.size() % 2).as("each append is whole").isZero();
        }
    }

    private static GenericDomainEventMessage<String> event(String aggregate, long sequence) {
        return new GenericDomainEventMessage<>("thing", aggregate, sequence, "event " + sequence);
    }

    @Test
    void what_is_restored_has_the_identity_of_the_log_and_can_be_appended_to() {
        LogBackups.Backup made;
        try (var engine = Logs.open(log())) {
            Logs.append(engine, new Random(1), 20);
            made = engine.backup(backups(), 1);
            assertThat(made.log()).isEqualTo(engine.identity());
            assertThat(made.events()).isEqualTo(20);
            Logs.append(engine, new Random(2), 5);
        }
        assertThat(restored(made.number())).hasSize(20);
        try (var engine = Logs.open(folder.resolve("restored-1"))) {
            assertThat(engine.identity()).isEqualTo(made.log());
            Logs.append(engine, new Random(3), 5);
            assertThat(engine.head()).isEqualTo(25);
        }
    }

    @Test
    void only_so_many_are_kept_as_is_said() {
        try (var engine = Logs.open(log())) {
            for (int i = 0; i < 4; i++) {
                Logs.append(engine, new Random(i), 10);
                engine.backup(backups(), 2);
            }
        }
        try (var backups = LogBackups.open(backups())) {
            assertThat(backups.all()).extracting(LogBackups.Backup::events).containsExactly(30L, 40L);
            assertThat(backups.find(null))
                    .get()
                    .extracting(LogBackups.Backup::number)
                    .isEqualTo(4);
            assertThat(backups.find(1)).isEmpty();
        }
    }

    @Test
    void backups_of_two_logs_are_not_mixed() {
        try (var engine = Logs.open(log());
                var other = Logs.open(folder.resolve("other"))) {
            engine.backup(backups(), 1);
            assertThatThrownBy(() -> other.backup(backups(), 1))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("another log, " + engine.identity());
        }
    }

    @Test
    void backups_are_not_kept_in_or_around_the_log_itself() {
        try (var engine = Logs.open(log())) {
            for (var to : List.of(log(), log().resolve("backups"), folder)) {
                assertThatThrownBy(() -> engine.backup(to, 1))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("can't be in");
            }
        }
    }

    @Test
    void a_damaged_file_of_a_backup_is_found_when_it_is_restored() throws IOException {
        try (var engine = Logs.open(log())) {
            Logs.append(engine, new Random(1), 200);
            engine.backup(backups(), 1);
        }
        Path largest;
        try (var files = Files.walk(backups())) {
            largest = files.filter(file -> file.toString().endsWith(".sst"))
                    .max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
        }
        var bytes = Files.readAllBytes(largest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(largest, bytes);
        assertThatThrownBy(() -> restored(1))
                .isInstanceOf(DamagedLogException.class)
                .hasMessageContaining("can't be restored");
    }

    @Test
    void a_folder_without_backups_is_refused() {
        assertThatThrownBy(() -> LogBackups.open(folder))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("There are no backups");
    }
}
