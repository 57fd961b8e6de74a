package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.Test;

/** What the embedded log promises beyond the contract. */
class RocksEventStoreTest extends EventStoreContract {

    /** Of the lines that a child prints, those that name an event; there may be others, of the logging. */
    private static final int ID_LENGTH = 36;

    @Override
    protected EventStorageEngine open(Path folder) {
        return RocksEventStorageEngine.builder(folder, SERIALIZER, SERIALIZER).build();
    }

    @Override
    protected void close(EventStorageEngine engine) {
        ((RocksEventStorageEngine) engine).close();
    }

    private RocksEventStorageEngine rocks() {
        return (RocksEventStorageEngine) engine;
    }

    private void reopen() {
        close(engine);
        engine = open(folder);
    }

    @Test
    void what_was_appended_is_there_when_it_is_opened_again() {
        var identity = rocks().identity();
        engine.appendEvents(event("a", 0), event("b", 0));
        engine.storeSnapshot(event("a", 0, "snapshot"));
        reopen();
        assertThat(rocks().identity()).isEqualTo(identity);
        assertThat(rocks().head()).isEqualTo(2);
        assertThat(payloads(engine, "a", 0)).containsExactly("a 0");
        assertThat(engine.readSnapshot("a")).isPresent();
        engine.appendEvents(event("a", 1));
        assertThat(positions(all(engine, null))).containsExactly(0L, 1L, 2L);
        assertThat(rocks().eventIdAt(2)).isPresent();
        assertThat(rocks().eventIdAt(3)).isEmpty();
    }

    @Test
    void two_logs_have_two_identities() {
        try (var other = (RocksEventStorageEngine) open(folder.resolve("other"))) {
            assertThat(other.identity()).isNotEqualTo(rocks().identity());
        }
    }

    @Test
    void a_stream_of_another_type_is_refused() {
        engine.appendEvents(event("a", 0));
        assertThatThrownBy(() -> engine.appendEvents(new GenericDomainEventMessage<>("other", "a", 1, "x")))
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining("type thing")
                .hasMessageContaining("type other");
    }

    @Test
    void many_who_wait_share_one_sync() throws Exception {
        var before = rocks().syncs();
        var threads = Executors.newFixedThreadPool(32);
        try {
            var works = IntStream.range(0, 32)
                    .mapToObj(number -> (Callable<Void>) () -> {
                        for (int i = 0; i < 100; i++) {
                            engine.appendEvents(event("own" + number, i));
                        }
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(works)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(rocks().syncs() - before).isLessThan(3_200);
    }

    @Test
    void a_second_opening_in_this_process_is_refused() {
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void another_process_is_refused_and_told_who_has_it() throws Exception {
        var child = child("open", folder.toString()).start();
        var said = new String(child.getInputStream().readAllBytes());
        assertThat(child.waitFor()).isEqualTo(1);
        assertThat(said)
                .contains("is open in process " + ProcessHandle.current().pid());
    }

    @Test
    void a_damaged_record_is_told_with_its_position_and_not_skipped() throws Exception {
        for (int i = 0; i < 5; i++) {
            engine.appendEvents(event("a", i));
        }
        close(engine);
        try (var raw = new RocksFolder(folder, RocksSettings.DEFAULT)) {
            var record = raw.db.get(raw.events, Keys.position(3));
            record[record.length - 1] ^= 1;
            raw.db.put(raw.events, Keys.position(3), record);
        }
        engine = open(folder);
        assertThatThrownBy(() -> all(engine, null))
                .isInstanceOfSatisfying(DamagedRecordException.class, damage -> assertThat(damage.position())
                        .isEqualTo(3));
        assertThatThrownBy(() -> payloads(engine, "a", 0)).isInstanceOf(DamagedRecordException.class);
        assertThat(engine.readEvents("a", 4).next().getPayload()).isEqualTo("a 4");
    }

    @Test
    void a_missing_record_is_told_with_its_position() throws Exception {
        for (int i = 0; i < 5; i++) {
            engine.appendEvents(event("a", i));
        }
        close(engine);
        try (var raw = new RocksFolder(folder, RocksSettings.DEFAULT)) {
            raw.db.delete(raw.events, Keys.position(2));
        }
        engine = open(folder);
        assertThatThrownBy(() -> all(engine, null))
                .isInstanceOfSatisfying(DamagedRecordException.class, damage -> assertThat(damage.position())
                        .isEqualTo(2));
    }

    @Test
    void a_store_of_a_later_format_is_refused() throws Exception {
        close(engine);
        try (var raw = new RocksFolder(folder, RocksSettings.DEFAULT)) {
            raw.db.put(raw.meta, "format".getBytes(), "4".getBytes());
        }
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("has format 4");
        engine = open(folder.resolve("fresh"));
    }

    @Test
    void what_was_acknowledged_survives_a_kill() throws Exception {
        close(engine);
        var acknowledged = new HashSet<String>();
        for (int round = 0; round < 3; round++) {
            var child = child("append", folder.toString()).start();
            try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream()))) {
                var enough = acknowledged.size() + 200;
                while (acknowledged.size() < enough) {
                    var line = lines.readLine();
                    assertThat(line).as("the child goes on").isNotNull();
                    if (line.length() == ID_LENGTH) {
                        acknowledged.add(line);
                    }
                }
                child.destroyForcibly().waitFor();
                for (String line; (line = lines.readLine()) != null; ) {
                    if (line.length() == ID_LENGTH) {
                        acknowledged.add(line);
                    }
                }
            } catch (IOException e) {
                // The pipe ends with the process.
            }
        }
        engine = open(folder);
        var events = all(engine, null);
        assertThat(positions(events))
                .isEqualTo(LongStream.range(0, events.size()).boxed().toList());
        assertThat(events.stream().map(EventMessage::getIdentifier)).containsAll(acknowledged);
        assertThat(events.size() % 2).as("each append has two events, or none").isZero();
    }

    private static ProcessBuilder child(String... arguments) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** Another process: opens the store, or appends to it until it is killed and prints what was acknowledged. */
    static final class Child {

        public static void main(String[] arguments) {
            try (var engine = RocksEventStorageEngine.builder(Path.of(arguments[1]), SERIALIZER, SERIALIZER)
                    .build()) {
                if (arguments[0].equals("append")) {
                    var run = "run" + engine.head();
                    for (int i = 0; ; i++) {
                        var one = event(run + "-a", i);
                        var two = event(run + "-b", i);
                        engine.appendEvents(one, two);
                        System.out.println(one.getIdentifier());
                        System.out.println(two.getIdentifier());
                    }
                }
            } catch (StoreUnavailableException e) {
                System.out.println(e.getMessage());
                System.exit(1);
            }
        }
    }
}
