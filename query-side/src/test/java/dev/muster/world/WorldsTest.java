package dev.muster.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.history.InMemoryLogIndex;
import dev.muster.history.LogOrigin;
import dev.muster.history.LogReader;
import dev.muster.history.LogSource;
import dev.muster.replay.Counting;
import dev.muster.replay.Counting.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worlds are kept, moved forward and restored, so that little is folded for a further question. */
class WorldsTest {

    private static final long MUCH = 1 << 30;
    private static final Checkpoints.Settings NONE = new Checkpoints.Settings(100, 0);
    private static final Checkpoints.Settings EACH_HUNDREDTH = new Checkpoints.Settings(100, 3);

    @TempDir
    Path folder;

    private final CountedLog log = new CountedLog();
    private UUID identity = UUID.randomUUID();

    @BeforeEach
    void thousandEvents() {
        for (int i = 0; i < 1_000; i++) {
            log.events.add("k" + i % 7, 1);
        }
    }

    @Test
    void a_world_is_moved_forward_instead_of_built_anew() {
        var worlds = worlds(MUCH, NONE);
        total(worlds, 500);
        assertThat(log.read()).isEqualTo(501);
        total(worlds, 600);
        assertThat(log.read()).isEqualTo(100);
        total(worlds, 550);
        assertThat(log.read()).isEqualTo(50);
        total(worlds, 600);
        assertThat(log.read()).isZero();
        assertThat(worlds.positions()).containsExactly(500L, 550L, 600L);
    }

    @Test
    void a_world_that_was_moved_leaves_the_one_before_as_it_was() {
        var worlds = worlds(MUCH, NONE);
        assertThat(total(worlds, 99)).isEqualTo(100);
        assertThat(total(worlds, 199)).isEqualTo(200);
        assertThat(total(worlds, 99)).isEqualTo(100);
    }

    @Test
    void where_there_is_no_room_only_the_last_one_is_kept() {
        var worlds = worlds(1, NONE);
        total(worlds, 500);
        total(worlds, 400);
        assertThat(worlds.positions()).containsExactly(400L);
        assertThat(worlds.bytes()).isPositive();
    }

    @Test
    void a_checkpoint_bounds_what_is_folded_by_a_later_process() {
        total(worlds(MUCH, EACH_HUNDREDTH), 950);
        log.read();
        var later = worlds(MUCH, EACH_HUNDREDTH);
        assertThat(total(later, 950)).isEqualTo(951);
        assertThat(log.read()).isEqualTo(51);
    }

    @Test
    void the_checkpoints_that_are_kept_lie_apart() throws IOException {
        total(worlds(MUCH, EACH_HUNDREDTH), 999);
        assertThat(files()).hasSize(3).contains("899.world.gz");
    }

    @Test
    void a_checkpoint_of_another_log_is_thrown_away() throws IOException {
        total(worlds(MUCH, EACH_HUNDREDTH), 950);
        identity = UUID.randomUUID();
        log.read();
        var later = worlds(MUCH, EACH_HUNDREDTH);
        assertThat(files()).isEmpty();
        total(later, 950);
        assertThat(log.read()).isEqualTo(951);
    }

    @Test
    void so_is_one_of_events_that_were_read_in_another_form() throws IOException {
        total(worlds(MUCH, EACH_HUNDREDTH), 950);
        new Checkpoints(folder, Counting.domain(), origin(), "other upcasters", EACH_HUNDREDTH, Runnable::run);
        assertThat(files()).isEmpty();
    }

    @Test
    void one_that_is_damaged_is_made_up_for_from_the_log() throws IOException {
        total(worlds(MUCH, EACH_HUNDREDTH), 950);
        for (var name : files()) {
            var whole = Files.readAllBytes(folder.resolve(name));
            Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length - 20));
        }
        assertThat(total(worlds(MUCH, EACH_HUNDREDTH), 950)).isEqualTo(951);
    }

    private long total(Worlds worlds, long position) {
        return worlds.at(position).stores().views(Count.DEFINITION).stream()
                .mapToLong(Count::total)
                .sum();
    }

    private Worlds worlds(long maxBytes, Checkpoints.Settings settings) {
        var store = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        var reader = new LogReader(log, store, new InMemoryLogIndex());
        var checkpoints = new Checkpoints(folder, Counting.domain(), origin(), "", settings, Runnable::run);
        return new Worlds(Counting.domain(), log, reader, checkpoints, maxBytes);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private LogOrigin origin() {
        return new LogOrigin() {
            @Override
            public UUID identity() {
                return identity;
            }

            @Override
            public long head() {
                return log.head();
            }

            @Override
            public Optional<String> eventIdAt(long position) {
                return Optional.of("event-" + position);
            }

            @Override
            public Instant lastTime() {
                return Instant.EPOCH;
            }
        };
    }

    /** Knows how many events were read of it. */
    private static final class CountedLog implements LogSource {

        private final Counting.Log events = new Counting.Log();
        private final AtomicLong read = new AtomicLong();

        /** How many since this was asked last; one more than were folded is looked at, and does not count. */
        long read() {
            var count = read.getAndSet(0);
            return count == 0 ? 0 : count - 1;
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken token) {
            return events.after(token).peek(event -> read.incrementAndGet());
        }

        @Override
        public Stream<? extends TrackedEventMessage<?>> ofEntity(String entity) {
            return events.ofEntity(entity);
        }

        @Override
        public long head() {
            return events.head();
        }

        @Override
        public long positionAsOf(Instant moment) {
            return events.positionAsOf(moment);
        }
    }
}
