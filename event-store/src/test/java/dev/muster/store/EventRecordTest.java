package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record is read as it was written, in whichever format. */
class EventRecordTest {

    private static final String UPPER = "0D8B3B1E-6F0E-4D7A-9A43-0F5F3C1F7B11";

    @TempDir
    Path folder;

    static Stream<EventRecord> records() {
        var some = new EventRecord(
                UUID.randomUUID().toString(),
                Instant.parse("2026-03-01T10:00:00.123456789Z"),
                "task",
                "task/t-42",
                7,
                "TaskCompleted",
                "1",
                bytes("{\"taskId\":\"t-42\"}"),
                bytes("{}"));
        return Stream.of(
                some,
                with(some, "", some.time(), some.type(), 0),
                with(some, UPPER, some.time(), some.type(), Long.MAX_VALUE),
                with(some, "0d8b3b1e-6f0e-4d7a-9a43_0f5f3c1f7b11", some.time(), "", 127),
                with(some, "0d8b3b1e-6f0e-4d7a-9a43-0f5f3c1f7b1g", some.time(), null, 128),
                with(some, "ids of ä and 語", Instant.MIN, null, 16_383),
                with(some, "00000000-0000-0000-0000-000000000000", Instant.MAX, "t".repeat(70_000), 16_384),
                with(some, "ffffffff-ffff-ffff-ffff-ffffffffffff", Instant.EPOCH.minusNanos(1), "t", 1),
                new EventRecord(
                        "a", Instant.EPOCH, null, UUID.randomUUID().toString(), 0, "", null, new byte[0], new byte[0]),
                new EventRecord("a", Instant.EPOCH, null, "a", 0, "x", "", large(), large()));
    }

    private static EventRecord with(EventRecord record, String id, Instant time, String type, long sequence) {
        return new EventRecord(
                id,
                time,
                type,
                record.aggregateId(),
                sequence,
                record.payloadType(),
                record.revision(),
                record.payload(),
                record.metaData());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] large() {
        var large = new byte[1 << 20];
        new Random(1).nextBytes(large);
        return large;
    }

    @ParameterizedTest
    @MethodSource("records")
    void what_is_written_is_read(EventRecord record) {
        var read = EventRecord.decode(3, record.encode());
        assertThat(read.toStored(3)).isEqualTo(record.toStored(3));
    }

    @Test
    void a_record_that_ends_early_or_has_more_than_its_fields_is_damaged_also_where_the_checksum_fits() {
        var whole = records().findFirst().orElseThrow().encode();
        for (int length = 5; length < whole.length; length++) {
            var part = fitting(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> EventRecord.decode(9, part)).isInstanceOf(DamagedRecordException.class);
        }
        var longer = fitting(Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(() -> EventRecord.decode(9, longer)).hasMessageContaining("1 bytes are left");
    }

    @Test
    void every_flipped_bit_is_found() {
        var whole = records().findFirst().orElseThrow().encode();
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            var flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> EventRecord.decode(9, flipped)).isInstanceOf(DamagedRecordException.class);
        }
    }

    private static byte[] fitting(byte[] record) {
        var crc = new CRC32C();
        crc.update(record[0]);
        crc.update(record, 5, record.length - 5);
        ByteBuffer.wrap(record).putInt(1, (int) crc.getValue());
        return record;
    }

    @Test
    void the_names_of_events_are_read_as_the_same_text_each_time() {
        var record = records().findFirst().orElseThrow().encode();
        assertThat(EventRecord.decode(1, record).payloadType())
                .isSameAs(EventRecord.decode(2, record).payloadType());
    }

    @Test
    void words_that_share_a_place_are_told_apart() {
        var words = new Words();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                var bytes = bytes("word " + i);
                assertThat(words.read(ByteBuffer.wrap(bytes), bytes.length)).isEqualTo("word " + i);
            }
        }
    }

    @Test
    void a_store_of_the_second_format_opens_without_being_written_again_and_is_appended_to() {
        Logs.unpackFormat2(folder);
        try (var engine = Logs.open(folder)) {
            assertThat(engine.head()).isEqualTo(62);
            assertThat(engine.readSnapshot("a0")).isPresent();
            var last = engine.storedAt(60).orElseThrow();
            assertThat(last.eventId()).isEqualTo("0d8b3b1e-6f0e-4d7a-9a43-0f5f3c1f7b11");
            assertThat(last.aggregateId()).isEqualTo("uuid-ä");
            assertThat(last.time()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123456789Z"));
            assertThat(new String(last.metaData(), StandardCharsets.UTF_8)).contains("because");
            assertThat(engine.storedAt(61).orElseThrow().aggregateType()).isNull();
            Logs.append(engine, new Random(9), 5);
        }
        try (var log = LogVerification.open(folder)) {
            assertThat(log.run(read -> {}).events()).isEqualTo(67);
        }
    }

    @Test
    void a_copy_of_an_earlier_store_has_the_same_events_in_the_new_format() {
        Logs.unpackFormat2(folder.resolve("old"));
        List<StoredEvent> copied;
        try (var old = Logs.open(folder.resolve("old"));
                var fresh = Logs.open(folder.resolve("fresh"));
                var events = old.stored(0)) {
            copied = events.toList();
            fresh.appendStored(copied);
        }
        try (var fresh = Logs.open(folder.resolve("fresh"));
                var events = fresh.stored(0)) {
            assertThat(events.toList()).isEqualTo(copied);
        }
    }
}
