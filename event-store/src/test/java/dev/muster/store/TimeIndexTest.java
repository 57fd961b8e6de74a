package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDBException;

/** Where the log stood at a time, and how stores without the index get it. */
class TimeIndexTest {

    @TempDir
    Path folder;

    private static void holdsAtEveryTime(RocksEventStorageEngine engine) {
        var times = new TreeSet<Instant>(List.of(Instant.MIN, Instant.EPOCH, Instant.MAX));
        try (var events = engine.stored(0)) {
            events.forEach(event -> {
                times.add(event.time().minusNanos(1));
                times.add(event.time());
                times.add(event.time().plusNanos(1));
            });
        }
        for (var time : times) {
            assertThat(engine.positionAsOf(time)).as("as of %s", time).isEqualTo(Logs.scanAsOf(engine, time));
        }
    }

    @Test
    void an_empty_log_stood_nowhere() {
        try (var engine = Logs.open(folder)) {
            assertThat(engine.positionAsOf(Instant.MAX)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_is_where_a_look_at_every_event_finds_it_also_when_opened_again(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            try (var engine = Logs.open(folder)) {
                Logs.append(engine, random, 40);
                holdsAtEveryTime(engine);
            }
        }
    }

    @Test
    void events_appended_together_are_told_apart_by_their_times() {
        try (var engine = Logs.open(folder)) {
            engine.appendEvents(at(0, 5), at(1, 7), at(2, 6), at(3, 7), at(4, 8));
            assertThat(engine.positionAsOf(Instant.ofEpochSecond(4))).isEqualTo(-1);
            assertThat(engine.positionAsOf(Instant.ofEpochSecond(6))).isZero();
            assertThat(engine.positionAsOf(Instant.ofEpochSecond(7))).isEqualTo(3);
            assertThat(engine.positionAsOf(Instant.ofEpochSecond(8))).isEqualTo(4);
        }
    }

    private static GenericDomainEventMessage<String> at(long sequence, long second) {
        return new GenericDomainEventMessage<>(
                "thing", "a", sequence, "x", MetaData.emptyInstance(), "id" + sequence, Instant.ofEpochSecond(second));
    }

    @Test
    void what_was_refused_is_not_in_it() {
        try (var engine = Logs.open(folder)) {
            engine.appendEvents(at(0, 5));
            try {
                engine.appendEvents(at(0, 9));
            } catch (RuntimeException refused) {
                // As it should be.
            }
            engine.appendEvents(at(1, 6));
            holdsAtEveryTime(engine);
            assertThat(engine.positionAsOf(Instant.ofEpochSecond(6))).isEqualTo(1);
        }
    }

    @Test
    void a_store_of_the_first_format_gets_it_once() throws Exception {
        Logs.unpackFormat1(folder);
        try (var engine = Logs.open(folder)) {
            assertThat(engine.head()).isEqualTo(60);
            assertThat(engine.readSnapshot("a0")).isPresent();
            assertThat(engine.timeAt(0)).contains(Instant.parse("1969-12-31T23:59:58Z"));
            holdsAtEveryTime(engine);
            Logs.append(engine, new Random(1), 10);
            engine.appendEvents(new GenericDomainEventMessage<>("thing", "late", 0, "x"));
            holdsAtEveryTime(engine);
        }
        assertThat(format(folder)).isEqualTo("3");
    }

    @Test
    void a_process_that_ends_while_it_is_made_leaves_a_store_in_which_it_can_be() throws Exception {
        try (var engine = Logs.open(folder)) {
            Logs.append(engine, new Random(3), 100);
        }
        for (int written : List.of(0, 1, 2, 7)) {
            makeFormat1(written);
            try (var engine = Logs.open(folder)) {
                holdsAtEveryTime(engine);
            }
            assertThat(format(folder)).isEqualTo("3");
        }
    }

    @Test
    void a_damaged_record_does_not_keep_a_store_from_getting_it() throws Exception {
        try (var engine = Logs.open(folder)) {
            engine.appendEvents(at(0, 5), at(1, 7), at(2, 8));
        }
        makeFormat1(0);
        try (var raw = new RocksFolder(folder, RocksSettings.DEFAULT)) {
            raw.db.put(raw.events, Keys.position(1), new byte[] {1, 2, 3});
        }
        makeFormat1(0);
        try (var engine = Logs.open(folder)) {
            assertThat(engine.positionAsOf(Instant.ofEpochSecond(5))).isEqualTo(1);
            assertThat(engine.timeAt(2)).contains(Instant.ofEpochSecond(8));
        }
    }

    /** Takes the format back, and of the index what comes after some entries. */
    private void makeFormat1(int entriesKept) throws RocksDBException {
        try (var raw = new RocksFolder(folder, RocksSettings.DEFAULT)) {
            var keys = new ArrayList<byte[]>();
            try (var entries = raw.db.newIterator(raw.times)) {
                for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                    keys.add(entries.key());
                }
            }
            assertThat(keys).hasSizeGreaterThan(entriesKept);
            for (var key : keys.subList(entriesKept, keys.size())) {
                raw.db.delete(raw.times, key);
            }
            raw.db.put(raw.meta, "format".getBytes(StandardCharsets.US_ASCII), new byte[] {'1'});
        }
    }

    private static String format(Path folder) throws RocksDBException {
        try (var raw = new RocksFolder(folder, RocksSettings.DEFAULT)) {
            return new String(
                    raw.db.get(raw.meta, "format".getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
        }
    }
}
