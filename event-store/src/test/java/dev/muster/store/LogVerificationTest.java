package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;

/** Everything in a log is read, and the first damage is named. */
class LogVerificationTest {

    private static final int EVENTS = 320;

    @TempDir
    Path folder;

    @BeforeEach
    void fill() {
        try (var engine = Logs.open(folder)) {
            Logs.append(engine, new Random(5), EVENTS);
            engine.storeSnapshot(new GenericDomainEventMessage<>("thing", "a0", 3, "snapshot"));
        }
    }

    private LogVerification.Verified verify() {
        try (var log = LogVerification.open(folder)) {
            return log.run(read -> {});
        }
    }

    private DamagedLogException damage() {
        return catchThrowableOfType(DamagedLogException.class, this::verify);
    }

    private interface Deed {
        void to(RocksFolder raw) throws RocksDBException;
    }

    private void damage(Deed deed) throws RocksDBException {
        try (var raw = new RocksFolder(folder, RocksSettings.DEFAULT)) {
            deed.to(raw);
        }
    }

    @Test
    void a_log_in_which_everything_fits_is_told_with_what_was_read() throws IOException {
        var before = names();
        var steps = new ArrayList<Long>();
        try (var log = LogVerification.open(folder)) {
            assertThat(log.events()).isEqualTo(EVENTS);
            var verified = log.run(steps::add);
            assertThat(verified.events()).isEqualTo(EVENTS);
            assertThat(verified.entities()).isEqualTo(3);
            assertThat(verified.snapshots()).isEqualTo(1);
        }
        assertThat(steps).startsWith(0L).endsWith((long) EVENTS);
        assertThat(names()).as("no file of the log comes or goes").isEqualTo(before);
    }

    private ArrayList<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return new ArrayList<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("LOG"))
                    .sorted()
                    .toList());
        }
    }

    @Test
    void a_store_without_events_and_one_of_the_first_format_are_right_too() {
        Logs.open(folder.resolve("empty")).close();
        try (var log = LogVerification.open(folder.resolve("empty"))) {
            assertThat(log.run(read -> {}).events()).isZero();
        }
        Logs.unpackFormat1(folder.resolve("earlier"));
        try (var log = LogVerification.open(folder.resolve("earlier"))) {
            assertThat(log.run(read -> {}).events()).isEqualTo(60);
        }
    }

    @Test
    void a_folder_without_a_log_and_one_that_is_open_are_refused() {
        assertThatThrownBy(() -> LogVerification.open(folder.resolve("nothing")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("There is no log");
        try (var engine = Logs.open(folder)) {
            assertThatThrownBy(() -> LogVerification.open(folder))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void a_log_that_was_cut_off_is_not_taken_for_a_shorter_one() throws IOException {
        try (var logs = Files.newDirectoryStream(folder, "*.log")) {
            for (var log : logs) {
                Files.delete(log);
            }
        }
        assertThat(damage()).hasMessageContaining(EVENTS + " events were acknowledged");
        assertThat(damage().readable()).isLessThan(EVENTS);
    }

    @Test
    void a_log_of_which_parts_were_written_to_sorted_files_is_read_whole() throws RocksDBException {
        for (var round = 0; round < 3; round++) {
            damage(raw -> {
                try (var flush = new FlushOptions().setWaitForFlush(true)) {
                    raw.db.put(raw.meta, new byte[] {1}, new byte[] {1});
                    raw.db.flush(flush, List.of(raw.meta, raw.events));
                }
            });
        }
        assertThat(verify().events()).isEqualTo(EVENTS);
    }

    @Test
    void a_changed_record_is_named_with_its_position_and_file() throws RocksDBException {
        damage(raw -> {
            var record = raw.db.get(raw.events, Keys.position(300));
            record[record.length - 1] ^= 1;
            raw.db.put(raw.events, Keys.position(300), record);
        });
        assertThat(damage()).hasMessageContaining("position 300").hasMessageContaining("checksum");
        assertThat(damage().readable()).isEqualTo(300);
        assertThat(damage().file()).isNotEmpty();
    }

    @Test
    void a_missing_event_is_named() throws RocksDBException {
        damage(raw -> raw.db.delete(raw.events, Keys.position(41)));
        assertThat(damage()).hasMessageContaining("position 41 is missing");
    }

    @Test
    void a_missing_entry_of_the_index_is_named_by_its_event() throws RocksDBException {
        damage(raw -> {
            var record = EventRecord.decode(77, raw.db.get(raw.events, Keys.position(77)));
            raw.db.delete(raw.index, Keys.index(record.aggregateId(), record.sequence()));
        });
        assertThat(damage()).hasMessageContaining("position 77").hasMessageContaining("index by aggregate lacks it");
    }

    @Test
    void an_entry_of_the_index_without_an_event_is_named() throws RocksDBException {
        damage(raw -> raw.db.put(raw.index, Keys.index("nobody", 0), Keys.position(3)));
        assertThat(damage()).hasMessageContaining("nobody");
        damage(raw -> raw.db.put(raw.heads, Keys.stream("nobody"), new StreamHead("thing", 0).encode()));
        assertThat(damage()).hasMessageContaining("321 entries for 320 events");
    }

    @Test
    void an_end_of_a_stream_that_is_too_early_or_too_late_or_of_another_type_is_named() throws RocksDBException {
        var end = new StreamHead[1];
        damage(raw -> end[0] = StreamHead.decode(raw.db.get(raw.heads, Keys.stream("a1"))));
        for (var wrong : new StreamHead[] {
            new StreamHead("thing", end[0].lastSequence() - 1),
            new StreamHead("thing", end[0].lastSequence() + 1),
            new StreamHead("other", end[0].lastSequence())
        }) {
            damage(raw -> raw.db.put(raw.heads, Keys.stream("a1"), wrong.encode()));
            assertThat(damage()).hasMessageContaining("a1").hasMessageContaining("noted at " + wrong.lastSequence());
        }
    }

    @Test
    void an_index_by_time_that_lacks_an_entry_or_has_one_more_is_named() throws RocksDBException {
        var last = new TimeIndex.Entry[1];
        damage(raw -> {
            last[0] = raw.timeIndex.last();
            raw.db.delete(raw.times, Keys.time(last[0].time()));
        });
        assertThat(damage())
                .hasMessageContaining("index by time")
                .hasMessageContaining("position " + last[0].position());
        damage(raw -> {
            raw.db.put(raw.times, Keys.time(last[0].time()), Keys.position(last[0].position()));
            raw.db.put(raw.times, Keys.time(last[0].time().plusSeconds(9)), Keys.position(2));
        });
        assertThat(damage()).hasMessageContaining("the time of no event");
    }

    @Test
    void a_snapshot_of_what_is_not_in_the_log_is_named() throws RocksDBException {
        damage(raw -> raw.db.put(raw.snapshots, Keys.stream("a2"), raw.db.get(raw.snapshots, Keys.stream("a0"))));
        assertThat(damage()).hasMessageContaining("snapshot of a2");
    }

    @Test
    void a_flipped_byte_in_any_sorted_file_is_found_with_the_file() throws Exception {
        damage(raw -> {
            try (var waited = new FlushOptions().setWaitForFlush(true)) {
                raw.db.flush(waited, List.of(raw.meta, raw.events, raw.index, raw.heads, raw.snapshots, raw.times));
            }
        });
        var files = names().stream().filter(name -> name.endsWith(".sst")).toList();
        assertThat(files).hasSizeGreaterThanOrEqualTo(6);
        for (var name : files) {
            flip(folder.resolve(name), 20);
            assertThat(damage()).as(name).isNotNull();
            assertThat(damage().file()).as(damage().getMessage()).isEqualTo(name);
            flip(folder.resolve(name), 20);
        }
        assertThat(verify().events()).isEqualTo(EVENTS);
    }

    private static void flip(Path path, long at) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            var was = file.read();
            file.seek(at);
            file.write(was ^ 16);
        }
    }
}
