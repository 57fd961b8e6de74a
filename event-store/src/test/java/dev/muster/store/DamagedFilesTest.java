package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store whose files were damaged has all that was acknowledged, or says by the name of a file or a position that it hasn't.
 * The store is as a killed process leaves it: some of it in sorted files, some in the write-ahead log alone. How many places are
 * damaged in each way is said by the property {@code muster.damage.rounds}.
 */
class DamagedFilesTest {

    private static final int EVENTS = 3_000;
    private static final int ROUNDS = Integer.getInteger("muster.damage.rounds", 25);
    private static final String WHOLE = "whole";

    /** Where, after a checksum and a length, a record of the write-ahead log says which kind of record it is; 1 is a whole one. */
    private static final int RECORD_TYPE = 6;

    private static final RocksSettings SMALL = new RocksSettings(1 << 20, 64 << 10, 1_024, 4_096);

    /** How the name of one of the properties that a sorted file has of its own ends; they are in the order of their names. */
    private static final String PROPERTY = "raw.key.size";

    @TempDir
    static Path folder;

    /** What each aggregate says, event by event. */
    private static final Map<String, List<String>> BY_AGGREGATE = new TreeMap<>();

    private static final List<String> IN_ORDER = new ArrayList<>();
    private static Path whole;

    @BeforeAll
    static void writeAndBeKilled() throws IOException {
        whole = folder.resolve("whole");
        var random = new Random(7);
        try (var engine = open(folder.resolve("written"))) {
            while (IN_ORDER.size() < EVENTS) {
                engine.appendEvents(List.of(next(random, "a"), next(random, "b"), next(random, "c")));
            }
            Damage.copy(folder.resolve("written"), whole);
        }
        assertThat(Damage.files(whole).stream().map(file -> file.getFileName().toString()))
                .anyMatch(name -> name.endsWith(".sst"))
                .anyMatch(name -> name.endsWith(".log"));
    }

    private static GenericDomainEventMessage<String> next(Random random, String kind) {
        var aggregate = kind + random.nextInt(8);
        var events = BY_AGGREGATE.computeIfAbsent(aggregate, each -> new ArrayList<>());
        var payload = "event " + IN_ORDER.size() + " " + random.nextLong();
        var event = new GenericDomainEventMessage<>(
                "thing",
                aggregate,
                events.size(),
                payload,
                MetaData.emptyInstance(),
                "id-" + IN_ORDER.size(),
                Logs.someTime(random, IN_ORDER.size()));
        events.add(payload);
        IN_ORDER.add(payload);
        return event;
    }

    private static RocksEventStorageEngine open(Path folder) {
        return RocksEventStorageEngine.builder(folder, EventStoreContract.SERIALIZER, EventStoreContract.SERIALIZER)
                .settings(SMALL)
                .build();
    }

    @Test
    void an_undamaged_copy_has_everything() throws IOException {
        var copy = folder.resolve("undamaged");
        Damage.copy(whole, copy);
        assertThat(outcome(copy)).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @EnumSource
    void damage_is_told_by_file_or_position_or_does_no_harm(Damage damage) throws IOException {
        var random = new Random(damage.ordinal());
        var told = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var copy = folder.resolve(damage + "-" + round);
            Damage.copy(whole, copy);
            var files = Damage.files(copy);
            var file = files.get(random.nextInt(files.size()));
            damage.doTo(file, random);
            var what = damage + " in " + file.getFileName() + ", round " + round;
            var outcome = outcome(copy);
            if (!outcome.equals(WHOLE)) {
                told++;
                assertThat(outcome).as(what).containsPattern(named(file));
            }
            assertThat(outcome(copy).equals(WHOLE))
                    .as(what + ", opened once more")
                    .isEqualTo(outcome.equals(WHOLE));
        }
        assertThat(told).isPositive();
    }

    /** A damaged CURRENT may name a file that isn't there, which is told then. */
    private static String named(Path file) {
        var name = file.getFileName().toString();
        return "position \\d+|" + Pattern.quote(name) + (name.equals("CURRENT") ? "|MANIFEST-" : "");
    }

    @Test
    void pieces_after_all_that_was_acknowledged_are_left_out() throws IOException {
        var random = new Random(5);
        for (int round = 0; round < 20; round++) {
            var copy = folder.resolve("pieces-" + round);
            Damage.copy(whole, copy);
            var pieces = new byte[1 + random.nextInt(600)];
            random.nextBytes(pieces);
            if (pieces.length > RECORD_TYPE) {
                pieces[RECORD_TYPE] = 1;
                pieces[RECORD_TYPE - 1] = 0;
            }
            Files.write(lastLog(copy), pieces, StandardOpenOption.APPEND);
            assertThat(outcome(copy)).as("round " + round).isEqualTo(WHOLE);
            assertThat(outcome(copy))
                    .as("round " + round + ", opened once more")
                    .isEqualTo(WHOLE);
        }
    }

    @Test
    void a_log_that_was_cut_off_is_refused_even_at_the_end_of_a_record() throws IOException {
        var shorter = folder.resolve("shorter");
        var longer = folder.resolve("longer");
        try (var engine = open(folder.resolve("appended-to"))) {
            engine.appendEvents(EventStoreContract.event("a", 0));
            Damage.copy(folder.resolve("appended-to"), shorter);
            engine.appendEvents(EventStoreContract.event("a", 1));
            Damage.copy(folder.resolve("appended-to"), longer);
        }
        try (var log = FileChannel.open(lastLog(longer), StandardOpenOption.WRITE)) {
            log.truncate(Files.size(lastLog(shorter)));
        }
        assertThatThrownBy(() -> open(longer))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("2 were acknowledged")
                .hasMessageContaining("position 1");
    }

    /** The database says of it that "properties" are "unsorted", and no file, or blames its list of files. */
    @Test
    void a_sorted_file_with_damage_in_what_it_says_of_itself_is_named() throws IOException {
        var told = 0;
        for (var table : Damage.files(whole)) {
            var name = table.getFileName().toString();
            if (!name.endsWith(".sst")) {
                continue;
            }
            var copy = folder.resolve("properties-" + name.replace(".sst", ""));
            Damage.copy(whole, copy);
            var bytes = Files.readAllBytes(table);
            bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(PROPERTY)] ^= 1 << 4;
            Files.write(copy.resolve(name), bytes);

            assertThatThrownBy(() -> verify(copy))
                    .isInstanceOfSatisfying(DamagedLogException.class, damage -> assertThat(damage.file())
                            .isEqualTo(name));
            // Some are not read for any event.
            var outcome = outcome(copy);
            if (!outcome.equals(WHOLE)) {
                told++;
                assertThat(outcome).contains(name);
            }
        }
        assertThat(told).isPositive();
    }

    private static void verify(Path store) {
        try (var verification = LogVerification.open(store)) {
            verification.run(read -> {});
        }
    }

    private static Path lastLog(Path store) throws IOException {
        return Damage.files(store).stream()
                .filter(file -> file.toString().endsWith(".log"))
                .reduce((one, other) -> other)
                .orElseThrow();
    }

    /** {@link #WHOLE}, or what was told of the damage. Events that are not there in silence fail the test. */
    private static String outcome(Path store) {
        try (var engine = open(store)) {
            assertThat(engine.head()).isEqualTo(EVENTS);
            assertThat(EventStoreContract.payloadsAfter(engine, null)).isEqualTo(IN_ORDER);
            for (var each : BY_AGGREGATE.entrySet()) {
                assertThat(EventStoreContract.payloads(engine, each.getKey(), 0))
                        .isEqualTo(each.getValue());
                assertThat(engine.lastSequenceNumberFor(each.getKey()))
                        .contains(each.getValue().size() - 1L);
            }
            assertThat(engine.positionAsOf(Instant.MAX)).isEqualTo(EVENTS - 1);
            return WHOLE;
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
